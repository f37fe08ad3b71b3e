import Foundation
import Simulators

extension Store {
    /// A store whose provider is Billgate.
    static func withBillgate<Value: Sendable>(
        intake: String = "", _ body: (Store, BillgateSimulator) async throws -> Value
    ) async throws -> Value {
        let billgate = BillgateSimulator()
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await billgate.run() }
            defer { group.cancelAll() }
            let configuration = billgate.configurationText(at: try await billgate.endpoint())
            return try await Store.open(printer: configuration, intake: intake) { store in
                try LanTests.keep(await billgate.configuration.key, as: "billgate-key", in: store)
                return try await body(store, billgate)
            }
        }
    }

    func file(_ name: String, _ text: String) throws -> String {
        let file = folder.appendingPathComponent(name)
        try Data(text.utf8).write(to: file)
        return file.path
    }
}

extension BillgateSimulator {
    /// The tables for it, behind those of a store.
    nonisolated fileprivate func configurationText(at endpoint: String) -> String {
        """
        [provider]
        use = "billgate"
        [billgate]
        endpoint = "\(endpoint)"
        key_file = "billgate-key"
        [billgate.walk_in]
        name = "ลูกค้าทั่วไป"
        tax_number = "0000000000000"
        phone_number = "-"
        house_number = "99"
        sub_district = "คลองเตย"
        district = "คลองเตย"
        province = "กรุงเทพมหานคร"
        post_code = "10110"
        """
    }
}
