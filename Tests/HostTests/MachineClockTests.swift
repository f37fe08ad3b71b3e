import Foundation
import Glibc
import Host
import Testing

@Suite struct MachineClockTests {
    @Test("time since the boot is what the kernel counts, and goes on")
    func sinceBoot() throws {
        let told = try #require(
            try String(contentsOfFile: "/proc/uptime", encoding: .utf8).split(separator: " ").first.flatMap {
                Double($0)
            })
        let before = MachineClock.sinceBoot
        #expect(abs(before / .seconds(1) - told) < 5)
        #expect(MachineClock.sinceBoot >= before)
    }

    @Test("the boot is named as the kernel names it, without dashes")
    func bootID() throws {
        let kernel = try String(contentsOfFile: "/proc/sys/kernel/random/boot_id", encoding: .utf8)
        #expect(MachineClock.bootID == kernel.filter(\.isHexDigit))
    }

    @Test("the kernel's word on NTP is the one that timedatectl's source, adjtimex, gives another program")
    func synchronised() throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/python3")
        // TIME_ERROR is 5; STA_UNSYNC, 0x40, stands in the status, 40 bytes into struct timex on 64 bits.
        process.arguments = [
            "-c",
            """
            ctypes, struct = __import__("ctypes"), __import__("struct")
            state = ctypes.create_string_buffer(512)
            answer = ctypes.CDLL(None).adjtimex(state)
            print(answer not in (-1, 5) and not struct.unpack_from("i", state, 40)[0] & 0x40)
            """,
        ]
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        process.waitUntilExit()
        let said = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        #expect(said.trimmingCharacters(in: .newlines) == (MachineClock.isSynchronised ? "True" : "False"))
    }
}
