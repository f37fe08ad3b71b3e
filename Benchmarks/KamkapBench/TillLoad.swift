import Foundation

/// Tills that post sales over the Unix socket, each one sale at a time on a kept connection.
///
/// It runs in a process of its own, on one thread that polls all connections, and sends bytes that are prepared except
/// for the sale's number: it shares the machine with what it measures, so it has to cost as little as possible.
struct TillLoad: Codable {
    static let argument = "--post-sales"

    var socket: String
    var tills: Int
    /// The number of the first sale; each further one has the next.
    var first: Int
    /// Ends after this many sales …
    var sales: Int
    /// … or after this many seconds.
    var seconds: Double
    var prints = false
    var hasBuyer = false

    struct Result: Codable {
        var sales: Int
        var seconds: Double
        /// Milliseconds from the first byte sent to the last byte of the answer.
        var milliseconds: [Double]
        /// Milliseconds of processor time that the tills themselves took.
        var processor: Double

        var rate: Double { Double(sales) / seconds }
    }

    /// Runs in a process of its own.
    func run() async throws -> Result {
        let text = String(decoding: try JSONEncoder().encode(self), as: UTF8.self)
        let child = try ChildProcess(Self.argument, text)
        let answer = try await child.output()
        return try JSONDecoder().decode(Result.self, from: answer)
    }

    /// What that process does.
    static func post(_ text: String) throws {
        let result = try JSONDecoder().decode(Self.self, from: Data(text.utf8)).post()
        try FileHandle.standardOutput.write(contentsOf: JSONEncoder().encode(result))
    }

    private func post() throws -> Result {
        var tills = try (0..<self.tills).map { try Till(number: $0, of: self) }
        var polled = tills.map { pollfd(fd: $0.connection.descriptor, events: Int16(POLLIN), revents: 0) }
        var latencies: [Double] = []
        latencies.reserveCapacity(min(sales, 1_000_000))
        var sent = 0
        let begun = ContinuousClock.now
        let processor = ProcessorTime.now
        let end = begun + .seconds(seconds)
        for index in tills.indices where sent < sales {
            try tills[index].post(first + sent, at: .now)
            sent += 1
        }
        while latencies.count < sent {
            guard poll(&polled, nfds_t(polled.count), 30_000) > 0 else {
                throw BenchmarkError("no answer within 30 s after \(latencies.count) sales")
            }
            for index in tills.indices where polled[index].revents != 0 {
                guard try tills[index].hasAnswer() else { continue }
                let now = ContinuousClock.now
                latencies.append((now - tills[index].sentAt).inMilliseconds)
                guard sent < sales, now < end else { continue }
                try tills[index].post(first + sent, at: now)
                sent += 1
            }
        }
        return Result(
            sales: sent, seconds: (ContinuousClock.now - begun) / .seconds(1), milliseconds: latencies,
            processor: ProcessorTime.now - processor)
    }
}

/// One till: its connection, and its request, in which only the number changes.
private struct Till {
    let connection: RawConnection
    private(set) var sentAt = ContinuousClock.now
    private var request: [UInt8]
    private let digits: Range<Int>
    private var answer = RawAnswer()

    init(number: Int, of load: TillLoad) throws {
        connection = try RawConnection(socket: load.socket)
        let body = SampleSale.event(0, terminal: "T\(number)", prints: load.prints, hasBuyer: load.hasBuyer)
        let text =
            "POST /v1/sales HTTP/1.1\r\nHost: pos\r\nContent-Type: application/json\r\n"
            + "Content-Length: \(body.utf8.count)\r\n\r\n" + body
        guard let id = text.range(of: SampleSale.id(0)) else { throw BenchmarkError("the sample sale has no id") }
        request = Array(text.utf8)
        let end = text.utf8.distance(from: text.startIndex, to: id.upperBound)
        digits = (end - SampleSale.idDigits)..<end
    }

    mutating func post(_ number: Int, at now: ContinuousClock.Instant) throws {
        var rest = number
        for place in digits.reversed() {
            request[place] = UInt8(ascii: "0") + UInt8(rest % 10)
            rest /= 10
        }
        sentAt = now
        try connection.send(request)
    }

    /// Takes what has come; whether the answer is there as a whole.
    mutating func hasAnswer() throws -> Bool {
        try answer.read(from: connection)
        guard let status = answer.take() else { return false }
        guard status == 201 else { throw BenchmarkError("a sale was answered \(status)") }
        return true
    }
}
