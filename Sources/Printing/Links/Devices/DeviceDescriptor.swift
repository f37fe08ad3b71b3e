import Glibc

/// An open character device; closed with the value, which may block on a serial line.
struct DeviceDescriptor: ~Copyable {
    let number: CInt
    let isSerial: Bool
    /// False for a device that could be opened for writing only.
    let canRead: Bool

    deinit {
        if isSerial { _ = ioctl(number, UInt(TIOCNXCL)) }
        _ = Glibc.close(number)
    }

    /// Opens a `usblp` device, for writing only where reading is not allowed.
    static func usb(path: String) throws(PrintingError) -> DeviceDescriptor {
        let advice = """
            Check that the printer is on, that its cable is in, and that this account is in the group that owns the \
            device (lp as a rule).
            """
        var number = Glibc.open(path, O_RDWR | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)
        var canRead = true
        if number < 0, errno == EACCES || errno == EPERM || errno == EROFS {
            number = Glibc.open(path, O_WRONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)
            canRead = false
        }
        guard number >= 0 else { throw cannotOpen(path, errno, advice) }
        let device = DeviceDescriptor(number: number, isSerial: false, canRead: canRead)
        guard device.isCharacterDevice else { throw notADevice(path, example: "usb:///dev/usb/lp0") }
        if canRead { device.discardOldAnswers() }
        return device
    }

    /// Opens a serial line, sets it up, and keeps others from it while it is open.
    static func serial(path: String, baud: Int, flow: SerialFlow) throws(PrintingError) -> DeviceDescriptor {
        let advice = """
            Check that the cable or adapter is in, and that this account is in the group that owns the device \
            (dialout as a rule).
            """
        let number = Glibc.open(path, O_RDWR | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)
        guard number >= 0 else { throw cannotOpen(path, errno, advice) }
        let device = DeviceDescriptor(number: number, isSerial: true, canRead: true)
        guard device.isCharacterDevice else { throw notADevice(path, example: "serial:///dev/ttyUSB0?baud=115200") }
        var line = termios()
        guard tcgetattr(number, &line) == 0 else { throw notADevice(path, example: "serial:///dev/ttyUSB0") }
        guard ioctl(number, UInt(TIOCEXCL)) == 0 else { throw cannotOpen(path, errno, advice) }
        try line.set(baud: baud, flow: flow)
        guard tcsetattr(number, TCSANOW, &line) == 0 else { throw cannotOpen(path, errno, advice) }
        // The call succeeds when any one of the settings was taken.
        var taken = termios()
        guard tcgetattr(number, &taken) == 0, cfgetospeed(&taken) == cfgetospeed(&line) else {
            throw PrintingError(
                .cannotConnect,
                "\(path) cannot be set to \(baud) baud. Set the printer and the device to another speed.")
        }
        tcflush(number, TCIFLUSH)
        return device
    }

    private var isCharacterDevice: Bool {
        var about = stat()
        return fstat(number, &about) == 0 && about.st_mode & S_IFMT == S_IFCHR
    }

    /// What an earlier paper's questions brought too late must not be taken for answers to ours.
    private borrowing func discardOldAnswers() {
        var asked = pollfd(fd: number, events: Int16(POLLIN), revents: 0)
        var old = [UInt8](repeating: 0, count: 4_096)
        guard poll(&asked, 1, 30) > 0, asked.revents & Int16(POLLIN) != 0 else { return }
        _ = Glibc.read(number, &old, old.count)
    }

    private static func cannotOpen(_ path: String, _ code: CInt, _ advice: String) -> PrintingError {
        switch code {
        case ENOENT, ENODEV, ENXIO, EIO:
            PrintingError(.cannotConnect, "No printer at \(path): \(systemReason(code)). \(advice)")
        case EBUSY:
            PrintingError(
                .cannotConnect, "\(path) is in use by another program. Stop it, or take its queue out of CUPS.")
        default:
            PrintingError(.cannotConnect, "Cannot open \(path): \(systemReason(code)). \(advice)")
        }
    }

    private static func notADevice(_ path: String, example: String) -> PrintingError {
        PrintingError(
            .cannotConnect, "\(path) is not such a device; expected one as in \(example). Name the printer's own.")
    }
}
