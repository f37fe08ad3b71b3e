/// The places of the text, found by their ids. Names stay in the text, where they are in the program's own file, and
/// become strings only for what is asked for.
struct AddressTable: Sendable {
    static let shared = AddressTable(AddressText.rows)

    private let text: StaticString
    /// Each by its ids.
    let changwats: [PlaceRow]
    let amphoes: [PlaceRow]
    let tambons: [PlaceRow]

    init(_ text: StaticString) {
        self.text = text
        var (changwats, amphoes, tambons): ([PlaceRow], [PlaceRow], [PlaceRow]) = ([], [], [])
        text.withUTF8Buffer { bytes in
            var reader = AddressTextReader(bytes)
            while let row = reader.next() {
                switch row.id {
                case ..<100: changwats.append(row)
                case ..<10_000: amphoes.append(row)
                default: tambons.append(row)
                }
            }
        }
        self.changwats = changwats
        self.amphoes = amphoes
        self.tambons = tambons
    }

    func withBytes<Value>(_ read: (UnsafeBufferPointer<UInt8>) -> Value) -> Value { text.withUTF8Buffer(read) }

    func tambon(id: String) -> Tambon? { Self.row(id, digits: 6, of: tambons).flatMap(tambon) }
    func amphoe(id: String) -> Amphoe? { Self.row(id, digits: 4, of: amphoes).map(amphoe) }
    func changwat(id: String) -> Changwat? { Self.row(id, digits: 2, of: changwats).map(changwat) }

    func tambons(postCode: String) -> [Tambon] {
        let code = Array(postCode.utf8)
        guard code.count == 5 else { return [] }
        let rows = withBytes { bytes in tambons.filter { Self.has(code, $0, in: bytes) } }
        return rows.compactMap(tambon)
    }

    /// Nil if its amphoe or changwat is not in the text.
    func tambon(_ row: PlaceRow) -> Tambon? {
        guard let amphoe = Self.row(row.id / 100, of: amphoes), let changwat = Self.row(row.id / 10_000, of: changwats)
        else { return nil }
        return Tambon(
            id: String(row.id), name: name(row), amphoe: self.amphoe(amphoe), changwat: self.changwat(changwat),
            postCodes: string(row.postCodes).split(separator: " ").map(String.init))
    }

    /// Whether a tambon has this post code.
    static func has(_ code: [UInt8], _ row: PlaceRow, in bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        let codes = row.postCodes
        return stride(from: codes.lowerBound, to: codes.upperBound, by: 6).contains { start in
            code.indices.allSatisfy { start + $0 < codes.upperBound && bytes[start + $0] == code[$0] }
        }
    }

    /// The row with this id.
    static func row(_ id: UInt32, of rows: [PlaceRow]) -> PlaceRow? {
        let place = place(of: id, in: rows)
        return place < rows.endIndex && rows[place].id == id ? rows[place] : nil
    }

    /// Of the amphoes those in this changwat, or of the tambons those in this amphoe.
    static func rows(in parent: UInt32, of rows: [PlaceRow]) -> ArraySlice<PlaceRow> {
        rows[place(of: parent * 100, in: rows)..<place(of: (parent + 1) * 100, in: rows)]
    }

    /// The first row whose id is not less than this one.
    private static func place(of id: UInt32, in rows: [PlaceRow]) -> Int {
        var (low, high) = (rows.startIndex, rows.endIndex)
        while low < high {
            let middle = (low + high) / 2
            if rows[middle].id < id { low = middle + 1 } else { high = middle }
        }
        return low
    }

    private static func row(_ id: String, digits: Int, of rows: [PlaceRow]) -> PlaceRow? {
        guard id.utf8.count == digits, id.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        return UInt32(id).flatMap { row($0, of: rows) }
    }

    private func amphoe(_ row: PlaceRow) -> Amphoe { Amphoe(id: String(row.id), name: name(row)) }
    private func changwat(_ row: PlaceRow) -> Changwat { Changwat(id: String(row.id), name: name(row)) }
    private func name(_ row: PlaceRow) -> PlaceName {
        PlaceName(thai: string(row.thai), english: string(row.english))
    }

    private func string(_ range: Range<Int>) -> String {
        withBytes { String(decoding: $0[range], as: UTF8.self) }
    }
}
