import RemoteServices

/// The records of buyers with a branch: each is found by its code, or made once.
///
/// The list of customers may be late, as other lists. So of one code only one call is made at a time, a record that was just
/// made is remembered, and one that may have been made is left alone for a while before it is looked for again. After a kill
/// none is made for as long: nobody remembers what was on its way.
actor CustomerRecords {
    /// A new record may be missing from the list for so long.
    private static let settling: Duration = .seconds(20)
    /// So long a new record is known without the list.
    private static let memory: Duration = .seconds(600)
    private static let maximumPages = 50

    private let client: BillgateClient
    private let observer: ServiceObserver
    private let now: @Sendable () -> ContinuousClock.Instant
    private var turns = TurnsByCode()
    private var made: [String: (id: String, at: ContinuousClock.Instant)] = [:]
    /// When records were last sent for that may have been made.
    private var sent: [String: ContinuousClock.Instant] = [:]
    /// When a gateway went on that was killed before.
    private var resumed: ContinuousClock.Instant?

    init(
        client: BillgateClient, observer: ServiceObserver,
        now: @escaping @Sendable () -> ContinuousClock.Instant = { .now }
    ) {
        self.client = client
        self.observer = observer
        self.now = now
    }

    enum Fault: Error {
        case call(BillgateError)
        /// Look again, after this long.
        case unsettled(Duration)
        /// Somebody has the code, and is not to be found.
        case taken(BillgateError)
    }

    /// The gateway was killed while calls were under way.
    func resumeAfterInterruption() { resumed = now() }

    /// The record's id. What stands in a record that is there already is left as it is: staff may keep more in it than we know.
    func id(of record: CustomerRecord) async throws(Fault) -> String {
        let turn = turns.join(record.code)
        defer { turns.part(from: record.code) }
        do { try await turn.take() } catch { throw .unsettled(.zero) }
        let result: Result<String, Fault>
        do throws(Fault) { result = .success(try await findOrMake(record)) } catch { result = .failure(error) }
        await turn.leave()
        return try result.get()
    }

    private func findOrMake(_ record: CustomerRecord) async throws(Fault) -> String {
        forget()
        if let known = made[record.code] { return known.id }
        if let last = sent[record.code] {
            let rest = Self.settling - (now() - last)
            if rest > .zero { throw .unsettled(rest) }
        }
        if let id = try await find(record) { return id }
        if let resumed {
            let rest = Self.settling - (now() - resumed)
            if rest > .zero { throw .unsettled(rest) }
        }
        let client = client
        do throws(BillgateError) {
            let id = try await observer.counted(.createCustomer) { () async throws(BillgateError) in
                try await client.make(record)
            }
            made[record.code] = (id, now())
            return id
        } catch {
            // It is there, and only the list did not have it a moment ago.
            if error.kind == .status(409) {
                if let id = try await find(record) { return id }
                guard sent[record.code] == nil else { throw .taken(error) }
                sent[record.code] = now()
                throw .unsettled(Self.settling)
            }
            if error.mayHaveActed { sent[record.code] = now() }
            throw .call(error)
        }
    }

    private func find(_ record: CustomerRecord) async throws(Fault) -> String? {
        var end = 0
        for _ in 0..<Self.maximumPages {
            let (client, offset) = (client, end)
            let page: CustomerPage
            do throws(BillgateError) {
                page = try await observer.counted(.listCustomers) { () async throws(BillgateError) in
                    try await client.customers(like: record, from: offset)
                }
            } catch { throw .call(error) }
            if let id = page.entries.lazy.compactMap({ record.id(of: $0) }).first { return id }
            end += page.entries.count
            if page.isEnd(upTo: end) { return nil }
        }
        throw .call(
            BillgateError(
                .unintelligible,
                "Billgate does not narrow its list of customers by customer_code, and has very many of them"))
    }

    private func forget() {
        made = made.filter { now() - $0.value.at < Self.memory }
        sent = sent.filter { now() - $0.value < Self.memory }
    }
}
