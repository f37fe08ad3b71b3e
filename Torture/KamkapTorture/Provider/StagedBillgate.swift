import Foundation
import Logging
import Simulators

/// Its lists are half a minute late, and it makes a document as often as it is told to.
struct StagedBillgate: StagedProvider {
    let title = "Billgate"
    let secret = "a-key-of-the-torture-\(UUID().uuidString)"
    /// A create of unknown end is left alone for 20 s, and looked for twice, a minute apart; some meet it three times.
    let settling: Duration = .seconds(600)
    /// A buyer's record may be on its way.
    let quietAfterDeath: Duration = .seconds(20)
    private let simulator: BillgateSimulator

    init(logger: Logger) {
        var account = BillgateSimulator.Configuration()
        account.key = secret
        account.leeway.listLag = .seconds(30)
        account.leeway.customerListLag = .seconds(10)
        simulator = BillgateSimulator(configuration: account, logger: logger)
    }

    var hidden: [String] { ["/pouch/", secret] }
    let callsToDieIn = [
        BillgateSimulator.Operation.createReceipt, .createTaxInvoice, .createCustomer, .getReceiptById,
    ].map(\.rawValue)

    func run() async throws { try await simulator.run() }
    func endpoint() async throws -> String { try await simulator.endpoint() }

    func configuration(port: Int, secretFile: String) -> String {
        """
        [provider]
        use = "billgate"
        [billgate]
        endpoint = "http://127.0.0.1:\(port)"
        key_file = "\(secretFile)"
        timeout = "2s"
        [billgate.walk_in]
        house_number = "99"
        sub_district = "คลองเตย"
        district = "คลองเตย"
        province = "กรุงเทพมหานคร"
        post_code = "10110"
        """
    }

    // MARK: Trouble

    func injectTrouble(_ dice: inout Dice) async {
        await simulator.inject(.init(Self.fault(&dice), times: dice.number(1...3)))
    }

    private static func fault(_ dice: inout Dice) -> BillgateSimulator.Fault.Kind {
        switch dice.number(0...10) {
        case 0, 1: .loseAnswerBeforeActing
        case 2, 3: .loseAnswerAfterActing
        case 4: .unavailable(status: dice.pick([500, 502, 503, 504]) ?? 500)
        case 5: .unavailable(status: 429, retryAfter: .seconds(1))
        case 6: .garbage
        case 7: .truncated
        case 8: .shareableURL(nil)
        // Acts while nobody looks yet.
        case 9: .actLater(dice.milliseconds(500...15_000))
        default: .slow(dice.milliseconds(50...2_600))
        }
    }

    func clearFaults() async { await simulator.clearFaults() }
    var hasFaults: Bool { get async { await !simulator.activeFaults.isEmpty } }

    func delay(_ call: String) async {
        await simulator.inject(.init(.slow(.seconds(30)), operation: .init(rawValue: call), times: 1))
    }

    /// Its page only shows the document.
    func haveCustomerAct(_ dice: inout Dice) async {}
    func documentsToArchive() async -> Int { 0 }

    // MARK: What it has

    func registered() async -> [RegisteredSale] {
        guard let base = try? await endpoint() else { return [] }
        var sales: [RegisteredSale] = []
        for kind in BillgateSimulator.Document.Kind.allCases {
            let made = await simulator.madeByNumber(kind)
            for document in await simulator.documents(kind) {
                sales.append(
                    RegisteredSale(
                        id: document.number, link: base + document.linkPath, made: made[document.number] ?? 0,
                        repeats: 0
                    ) { sale in
                        kind == (sale.hasBuyer ? .taxInvoice : .receipt)
                            && BillgateRequestBody(document.request)?.isOf(sale) == true
                    })
            }
        }
        return sales
    }

    func violations() async -> [String] {
        let customers = await simulator.customersByCode().filter { $0.value > 1 }
        return customers.map { "the customer \($0.key) was made \($0.value) times" }
            + (await simulator.numbersMadeTwice()).map { "\($0): two documents at Billgate" }
    }
}

/// What a request says, of what a sale says.
private struct BillgateRequestBody: Decodable {
    struct Content: Decodable {
        struct Customer: Decodable { let name: String }
        struct Item: Decodable {
            let description: String
            let quantity: Double
        }

        let customer: Customer
        let items: [Item]
    }

    let number: String
    let data: Content

    init?(_ bytes: [UInt8]) {
        guard let body = try? JSONDecoder().decode(Self.self, from: Data(bytes)) else { return nil }
        self = body
    }

    /// Equal lines may be one.
    func isOf(_ sale: NumberedSale) -> Bool {
        let sent = data.items.reduce(into: [:]) { $0[$1.description, default: 0] += $1.quantity }
        let sold = sale.names.reduce(into: [:]) { $0[$1, default: 0] += 1.0 }
        return number == sale.id && sent == sold && (!sale.hasBuyer || data.customer.name == sale.buyerName)
    }
}
