import CLinux
import Glibc

/// What the machine knows of time beside the time of day.
public enum MachineClock {
    /// Time since the machine was booted, time asleep included (CLOCK_BOOTTIME). Nobody can set it.
    public static var sinceBoot: Duration {
        var time = timespec()
        guard clock_gettime(CLOCK_BOOTTIME, &time) == 0 else { return .zero }
        return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
    }

    /// Names the boot that ``sinceBoot`` is counted from; nil where the kernel does not tell. A unit that does not see
    /// `/proc/sys` hands it over in the environment (`%b`).
    public static let bootID: String? = {
        if let told = getenv("KAMKAP_BOOT_ID").map({ String(cString: $0) }), !told.isEmpty { return plain(told) }
        guard let file = fopen("/proc/sys/kernel/random/boot_id", "r") else { return nil }
        defer { fclose(file) }
        var buffer = [UInt8](repeating: 0, count: 64)
        let count = fread(&buffer, 1, buffer.count, file)
        return count > 0 ? plain(String(decoding: buffer[..<count], as: UTF8.self)) : nil
    }()

    /// Whether something holds the clock to a reference, and has heard of it lately: the kernel's word (adjtimex(2),
    /// STA_UNSYNC), which NTP services set. Whoever sets the clock by hand takes it back.
    public static var isSynchronised: Bool {
        var state = kernel_clock()
        // No mode is set: it only reads.
        let answer = read_kernel_clock(&state)
        return answer >= 0 && answer != timeError && state.status & unsynchronised == 0
    }

    // TIME_ERROR and STA_UNSYNC of <sys/timex.h>.
    private static let timeError: CInt = 5
    private static let unsynchronised: CInt = 0x40

    /// systemd writes it without the kernel's dashes.
    private static func plain(_ text: String) -> String { text.filter { $0.isHexDigit }.lowercased() }
}
