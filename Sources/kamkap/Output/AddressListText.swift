import GatewayAPI

/// A list of tambons, one on a line.
struct AddressListText {
    let list: AddressList

    func text() -> String {
        guard !list.addresses.isEmpty else { return "no addresses" }
        var table = TextTable(columns: [
            ("TAMBON", .left), ("POST CODE", .left), ("ADDRESS", .left), ("IN ENGLISH", .left),
        ])
        for tambon in list.addresses {
            table.rows.append([
                tambon.tambonID, tambon.postCodes.joined(separator: " "), tambon.text.thai, tambon.text.english,
            ])
        }
        return table.text() + (list.more ? "\nmore: add a word, or --limit" : "")
    }
}
