import Foundation
import Gateway
import Gauges
import Host
import Intake
import JSON
import Jobs
import Logging
import Monitoring
import NIOCore
import NIOPosix
import Outbox
import PrintQueue
import Printing
import Receipts
import RemoteServices
import Sales
import Slime
import Synchronization

/// Bytes on a till's connection: the real listener, routes, operations and outbox behind it, and nobody who registers
/// or prints.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: start, count: count))
    let input = HostileInput(bytes)
    let till = input.isForNetwork ? Till(port: listener.port) : Till(path: listener.socket)
    for piece in input.pieces { guard till.send(piece) else { break } }
    till.endSending()
    let heard = till.hear(for: waitLimit)
    till.close()
    do throws(AnswerProperties.Broken) { try AnswerProperties.hold(for: heard) } catch { broken("\(error)", bytes) }
    if let line = faults.withLock({ $0.first }) { broken("logged as an error: \(line)", bytes) }
    let isTime = turns.withLock { turns in
        turns += 1
        return turns.isMultiple(of: 500)
    }
    if isTime { holdAlive() }
    return 0
}

private let turns = Mutex(0)
/// Milliseconds of silence after which the till goes: some inputs ask for something that comes later, or never.
private let waitLimit: CInt = 15

/// Whatever came before, the next till is served.
private func holdAlive() {
    for till in [Till(path: listener.socket), Till(port: listener.port)] {
        _ = till.send(Array("GET /healthz HTTP/1.1\r\nHost: pos\r\nAuthorization: Bearer \(token)\r\n\r\n".utf8))
        till.endSending()
        let heard = till.hear(for: 4_000)
        till.close()
        guard String(decoding: heard, as: UTF8.self).hasPrefix("HTTP/1.1 200 ") else {
            broken("the listener no longer serves", heard)
        }
    }
}

private func broken(_ what: String, _ bytes: [UInt8]) -> Never {
    let input = String(decoding: bytes.prefix(4_096), as: UTF8.self)
    FileHandle.standardError.write(Data("broken: \(what)\n\(input)\n".utf8))
    abort()
}

/// A till's end of a connection.
private struct Till {
    private let socket: CInt

    init(path: String) {
        socket = Glibc.socket(AF_UNIX, CInt(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        connect(to: &address)
    }

    init(port: UInt16) {
        socket = Glibc.socket(AF_INET, CInt(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        connect(to: &address)
        // Reset instead of closed: a million closed ones would use up the ports.
        var lingering = linger(l_onoff: 1, l_linger: 0)
        setsockopt(socket, SOL_SOCKET, SO_LINGER, &lingering, socklen_t(MemoryLayout<linger>.size))
    }

    private func connect<Address>(to address: inout Address) {
        let isConnected = withUnsafeBytes(of: &address) { bytes in
            bytes.withMemoryRebound(to: sockaddr.self) { address in
                guard let start = address.baseAddress else { return false }
                // libFuzzer's own clock interrupts it now and then.
                while Glibc.connect(socket, start, socklen_t(MemoryLayout<Address>.size)) != 0 {
                    guard [EINTR, EALREADY].contains(errno) else { return errno == EISCONN }
                }
                return true
            }
        }
        guard isConnected else { broken("no connection: errno \(errno)", []) }
        _ = fcntl(socket, F_SETFL, O_NONBLOCK)
    }

    /// False if the gateway takes no more.
    func send(_ bytes: [UInt8]) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes {
                Glibc.send(socket, $0.baseAddress, $0.count, CInt(MSG_NOSIGNAL))
            }
            if count > 0 {
                rest = rest.dropFirst(count)
            } else if errno != EAGAIN || !waits(for: POLLOUT, waitLimit) {
                return false
            }
        }
        return true
    }

    func endSending() { shutdown(socket, CInt(SHUT_WR)) }

    /// Everything until the gateway closes, or is silent for this many milliseconds.
    func hear(for waitLimit: CInt) -> [UInt8] {
        var heard: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 64 << 10)
        var waitLimit = waitLimit
        while waits(for: POLLIN, waitLimit), heard.count < 4 << 20 {
            let count = recv(socket, &buffer, buffer.count, 0)
            guard count > 0 else { break }
            // A stream of events does not end by itself.
            if heard.isEmpty, buffer.prefix(count).firstRange(of: Array("event-stream".utf8)) != nil { waitLimit = 2 }
            heard += buffer.prefix(count)
        }
        return heard
    }

    func close() { _ = Glibc.close(socket) }

    private func waits(for event: Int32, _ waitLimit: CInt) -> Bool {
        var descriptor = pollfd(fd: socket, events: Int16(event), revents: 0)
        while true {
            let count = poll(&descriptor, 1, waitLimit)
            if count >= 0 || errno != EINTR { return count > 0 }
        }
    }
}

/// What the gateway logs as its own fault: no input of a till may cause one.
private let faults = Mutex<[String]>([])

private struct FaultLog: LogHandler {
    var metadata: Logger.Metadata = [:]
    var logLevel: Logger.Level = .error
    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }
    func log(event: LogEvent) {
        guard event.level >= .error else { return }
        faults.withLock { $0.append("\(event.message) \(event.metadata ?? [:])") }
    }
}

private let token = "fuzz-fuzz-fuzz-fuzz"

/// The gateway's two listeners, open for as long as the process lives.
private struct BoundListener {
    let socket: String
    let port: UInt16

    init() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("kk-fuzz-\(getpid())")
        try? FileManager.default.removeItem(at: folder)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let outbox = try Outbox(path: folder.appendingPathComponent("outbox.sqlite").path)
        let logger = Logger(label: "fuzz") { _ in FaultLog() }
        var limits = ListenerLimits()
        limits.idle = .milliseconds(200)
        limits.bodyDeadline = .milliseconds(200)
        limits.answerDeadline = .milliseconds(200)
        limits.lingering = .milliseconds(10)
        limits.waitLimit = .milliseconds(100)
        let gateway = try Self.gateway(outbox: outbox, logger: logger)
        let api = GatewayRouter(gateway, maximumBody: 128 << 10, limits: limits)
        let local = try UnixSocket.bind(path: folder.appendingPathComponent("pos.sock").path, mode: 0o600)
        let network = try TCPSocket.listen(host: "127.0.0.1", port: 0)
        var address = sockaddr_in()
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        _ = withUnsafeMutableBytes(of: &address) { bytes in
            bytes.withMemoryRebound(to: sockaddr.self) { $0.baseAddress.map { getsockname(network, $0, &length) } }
        }
        socket = local.path
        port = UInt16(bigEndian: address.sin_port)
        let opened = DispatchSemaphore(value: 0)
        let accesses: [(CInt, ListenerAccess)] = [
            (local.descriptor, .local), (network, .network(NetworkCredentials(token: BearerToken(token), tls: nil))),
        ]
        let listeners = accesses.map { descriptor, access in
            GatewayListener(
                descriptor: descriptor, rules: ListenerRules(access: access, limits: limits), api: api,
                opened: { opened.signal() }, logger: logger)
        }
        _ = MultiThreadedEventLoopGroup.singleton.any().makeFutureWithTask {
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await gateway.alarmMonitor.run() }
                for listener in listeners { group.addTask { try await listener.run() } }
                try await group.waitForAll()
            }
        }
        opened.wait()
        opened.wait()
    }

    private static func gateway(outbox: Outbox, logger: Logger) throws -> GatewayComponents {
        guard let branch = BranchID("00000"), let rate = DecimalNumber("0.07"), let taxID = TaxID("0105561000003"),
            let routing = PrinterRouting([.init(printer: "front", terminals: [])])
        else { broken("the harness's own values are wrong", []) }
        let defaults = SaleDefaults(
            branchID: branch, theme: ["id": .string("retail-hatsu"), "color": .string("#cd0c2b")],
            terms: SaleTerms(vatIncluded: true, vatRate: rate, rounding: .line))
        let paper = try PaperMaker(
            store: StoreIdentity(name: "ร้านตัวอย่าง", taxID: taxID, branchID: branch), style: ReceiptStyle(),
            registers: [:], defaults: defaults, offers: [.slime: .fullInvoice], widthInDots: 384)
        // Nobody is called and nothing is printed: only the alarm monitor runs.
        let slime = SlimeClient(
            endpoint: SlimeEndpoint(url: "http://127.0.0.1:9/api", keyID: "k", secret: "s"),
            options: SlimeCallOptions(timeout: .seconds(1), connections: 1))
        let printer = Printer(
            name: "front", device: .tcp(host: "127.0.0.1", port: 9), model: PrinterModel(widthInDots: 384))
        let station = PrinterStation(
            settings: PrintWorkerSettings(printer: printer, cut: .partial, hasDrawer: false),
            papers: paper)
        return GatewayComponents(
            GatewayConfiguration(saleDefaults: defaults, routing: routing), outbox: outbox,
            providers: ProviderSet(SlimeService(client: slime, clock: .system)),
            stations: [station],
            observability: Observability(
                printers: [("front", "none", 384)], provider: .slime, logger: logger))
    }
}

private let listener: BoundListener = {
    do { return try BoundListener() } catch { broken("the listeners do not open: \(error)", []) }
}()
