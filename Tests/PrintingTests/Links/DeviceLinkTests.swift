import Foundation
import Printing
import TestPrinters
import Testing

/// A pseudo-terminal plays the character device; the test itself is the printer at its far end.
@Suite(.timeLimit(.minutes(1))) struct DeviceLinkTests {
    let folder: URL
    var path: String { folder.appending(path: "lp0").path }

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "kamkap-device-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    private func plugIn() throws -> PseudoTerminal { try PseudoTerminal(at: URL(filePath: path)) }

    static let kinds = ["usb", "serial"]

    private func link(_ kind: String) -> any PrinterLink {
        kind == "usb" ? USBLink(path: path) : SerialLink(path: path, baud: 9_600, flow: .none)
    }

    @Test("bytes arrive as they were sent, and answers are heard", arguments: kinds)
    func bothWays(kind: String) async throws {
        let device = try plugIn()
        let connection = try await link(kind).connect(timeout: .seconds(5))
        // Among them are those that a terminal would act upon or change.
        let sent = (0...255).map { UInt8($0) }
        try await connection.write(sent, timeout: .seconds(5))
        #expect(await device.hear(sent.count) == sent)
        device.say([0x12, 0x0D, 0x11, 0x13])
        var heard: [UInt8] = []
        while heard.count < 4, let bytes = try await connection.read(timeout: .seconds(5)), !bytes.isEmpty {
            heard += bytes
        }
        #expect(heard == [0x12, 0x0D, 0x11, 0x13])
        await connection.close()
        #expect(try await connection.read(timeout: .seconds(5)) == nil)
    }

    @Test("a device that takes nothing stalls in time, and gets everything when it goes on", arguments: kinds)
    func stalled(kind: String) async throws {
        let device = try plugIn()
        let connection = try await link(kind).connect(timeout: .seconds(5))
        let sent = (0..<400_000).map { UInt8(truncatingIfNeeded: $0 &* 7 &+ $0 >> 8) }
        let error = await #expect(throws: PrintingError.self) {
            try await connection.write(sent, timeout: .milliseconds(200))
        }
        #expect(error?.code == .stalled)
        async let heard = device.hear(sent.count)
        try await connection.flush(timeout: .seconds(30))
        #expect(await heard == sent)
        await connection.close()
    }

    @Test("waiting for a stalled device ends with its task", arguments: kinds)
    func cancelled(kind: String) async throws {
        let device = try plugIn()
        let connection = try await link(kind).connect(timeout: .seconds(5))
        let writing = Task { try await connection.write([UInt8](repeating: 1, count: 400_000), timeout: .seconds(600)) }
        #expect(await device.hear(1) == [1])
        writing.cancel()
        let error = await #expect(throws: PrintingError.self) { try await writing.value }
        #expect(error?.code == .cancelled)
        await connection.close()
    }

    @Test("what was given up does not come out of a stalled device later", arguments: kinds)
    func abandoned(kind: String) async throws {
        let device = try plugIn()
        let link = link(kind)
        let first = try await link.connect(timeout: .seconds(5))
        _ = await #expect(throws: PrintingError.self) {
            try await first.write([UInt8](repeating: 1, count: 900_000), timeout: .milliseconds(200))
        }
        await first.close()
        let second = try await link.connect(timeout: .seconds(5))
        async let count = device.hear(until: 2)
        try await second.write([2], timeout: .seconds(20))
        #expect(await count < 400_000, "only what the device had taken already")
        await second.close()
    }

    @Test("a device pulled out in the middle is lost, and found again when it is back", arguments: kinds)
    func pulledOut(kind: String) async throws {
        var device: PseudoTerminal? = try plugIn()
        let link = link(kind)
        let first = try await link.connect(timeout: .seconds(5))
        try await first.write([1], timeout: .seconds(5))
        device?.pullOut()
        device = nil
        let error = await #expect(throws: PrintingError.self) {
            while true { try await first.write([1], timeout: .seconds(5)) }
        }
        #expect(error?.code == .connectionLost)
        #expect(error?.message.contains(path) == true)
        #expect(try await first.read(timeout: .seconds(5)) == nil)
        await first.close()
        let absent = await #expect(throws: PrintingError.self) { try await link.connect(timeout: .seconds(5)) }
        #expect(absent?.code == .cannotConnect)
        #expect(absent?.message.contains("no such file") == true)
        let again = try plugIn()
        let second = try await link.connect(timeout: .seconds(5))
        try await second.write([7, 8], timeout: .seconds(5))
        #expect(await again.hear(2) == [7, 8])
        await second.close()
    }

    @Test("a regular file is no device", arguments: kinds) func noDevice(kind: String) async throws {
        try Data().write(to: URL(filePath: path))
        let error = await #expect(throws: PrintingError.self) { try await link(kind).connect(timeout: .seconds(5)) }
        #expect(error?.code == .cannotConnect)
        #expect(error?.message.contains("not such a device") == true)
    }

    @Test(
        "a serial line is set to its speed and flow control, raw",
        arguments: [
            (9_600, .none), (19_200, .xonxoff), (38_400, .rtscts), (57_600, .none), (115_200, .xonxoff),
            (230_400, .rtscts),
        ] as [(Int, SerialFlow)])
    func settings(baud: Int, flow: SerialFlow) async throws {
        let device = try plugIn()
        let connection = try await SerialLink(path: path, baud: baud, flow: flow).connect(timeout: .seconds(5))
        var line = device.settings
        let codes = [9_600: B9600, 19_200: B19200, 38_400: B38400, 57_600: B57600, 115_200: B115200, 230_400: B230400]
        #expect(cfgetospeed(&line) == codes[baud].map { speed_t($0) })
        #expect((line.c_iflag & tcflag_t(IXON | IXOFF) != 0) == (flow == .xonxoff))
        #expect((line.c_cflag & tcflag_t(truncatingIfNeeded: CRTSCTS) != 0) == (flow == .rtscts))
        #expect(line.c_lflag & tcflag_t(ICANON | ECHO | ISIG) == 0)
        #expect(line.c_oflag & tcflag_t(OPOST) == 0)
        #expect(line.c_cflag & tcflag_t(CLOCAL) != 0)
        await connection.close()
    }

    @Test("XOFF holds the bytes back and XON lets them go") func xoff() async throws {
        let device = try plugIn()
        let connection = try await SerialLink(path: path, baud: 9_600, flow: .xonxoff).connect(timeout: .seconds(5))
        device.say([0x13, 0x12])
        #expect(try await connection.read(timeout: .seconds(5)) == [0x12], "XOFF itself is nobody's answer")
        let error = await #expect(throws: PrintingError.self) {
            try await connection.write([1, 2, 3], timeout: .milliseconds(200))
        }
        #expect(error?.code == .stalled)
        device.say([0x11])
        try await connection.flush(timeout: .seconds(5))
        #expect(await device.hear(3) == [1, 2, 3])
        await connection.close()
    }

    @Test("an unknown speed is refused before anything is opened") func speed() async throws {
        let device = try plugIn()
        let error = await #expect(throws: PrintingError.self) {
            try await SerialLink(path: path, baud: 1_234).connect(timeout: .seconds(5))
        }
        #expect(error?.code == .invalidDevice)
        #expect(error?.message.contains("115200") == true)
        withExtendedLifetime(device) {}
    }
}
