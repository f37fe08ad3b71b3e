import Printing
import Testing

@Suite struct PrinterDeviceTests {
    @Test(
        "a device is read, and written as it would be read again",
        arguments: [
            ("tcp://192.168.1.50:9100", .tcp(host: "192.168.1.50", port: 9_100)),
            ("tcp://printer.shop", .tcp(host: "printer.shop", port: 9_100)),
            ("TCP://h:1/", .tcp(host: "h", port: 1)),
            ("tcp://[fe80::1%eth0]:9101", .tcp(host: "fe80::1%eth0", port: 9_101)),
            ("file:///tmp/a%20b", .file(path: "/tmp/a b")),
            ("file:///tmp/100%25%3F%40%0a", .file(path: "/tmp/100%?@\n")),
            ("usb:///dev/usb/lp0", .usb(path: "/dev/usb/lp0")),
            ("serial:///dev/ttyUSB0?baud=9600", .serial(path: "/dev/ttyUSB0", baud: 9_600)),
            ("serial:///dev/ttyUSB0", .serial(path: "/dev/ttyUSB0", baud: 115_200)),
            (
                "serial:///dev/ttyS0?baud=230400&flow=rtscts",
                .serial(path: "/dev/ttyS0", baud: 230_400, flow: .rtscts)
            ),
            ("serial:///dev/ttyS0?flow=xonxoff", .serial(path: "/dev/ttyS0", baud: 115_200, flow: .xonxoff)),
            ("cups://kitchen", .cups(queue: "kitchen", server: nil)),
            ("cups://kitchen?server=10.0.0.2:8631", .cups(queue: "kitchen", server: "10.0.0.2:8631")),
            ("cups://q?server=[fe80::1%25eth0]", .cups(queue: "q", server: "[fe80::1%eth0]")),
        ] as [(String, PrinterDevice)])
    func valid(text: String, device: PrinterDevice) throws {
        #expect(try PrinterDevice(parsing: text) == device)
        #expect(try PrinterDevice(parsing: device.description) == device)
    }

    @Test(
        "what is no device is refused with what was expected",
        arguments: [
            ("", "tcp://"), ("192.168.1.50", "tcp://"), ("tcp:/h", "tcp://"), ("http://h", "known are"),
            ("tcp://", "host:port"), ("tcp://h:0", "host:port"), ("tcp://h:65536", "host:port"),
            ("tcp://h:", "host:port"), ("tcp://h:+1", "host:port"), ("tcp://h:9100/x", "host:port"),
            ("tcp://h?x=1", "host:port"), ("tcp://a b", "host:port"), ("tcp://[::1", "host:port"),
            ("file://relative", "absolute"), ("file:///", "absolute"), ("file:///a%00b", "absolute"),
            ("file:///a%2", "tcp://"), ("file:///a?x=1", "parameter"),
            ("serial:///dev/t?baud=7", "baud is one of 9600"),
            ("serial:///dev/t?baud=4800", "baud is one of 9600"), ("serial:///dev/t?flow=dtr", "rtscts"),
            ("serial:///dev/t?speed=9600", "parameter"), ("cups://", "queue"), ("cups://q?server=:1", "server"),
            ("tcp://h\u{1B}", "tcp://"),
        ])
    func invalid(text: String, expected: String) {
        let error = #expect(throws: PrintingError.self) { try PrinterDevice(parsing: text) }
        #expect(error?.code == .invalidDevice)
        #expect(error?.message.contains(expected) == true, "\(error?.message ?? "")")
    }

    @Test("a password in a device is not repeated") func password() {
        let error = #expect(throws: PrintingError.self) { try PrinterDevice(parsing: "tcp://user:s3cret@host") }
        #expect(error?.message.contains("s3cret") == false)
    }
}
