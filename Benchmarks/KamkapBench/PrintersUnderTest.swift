import Simulators

/// Virtual printers, each for a till of its own.
struct PrintersUnderTest: Sendable {
    let all: [VirtualPrinter]

    /// Runs `body` while they run in this process.
    static func run(_ count: Int, _ body: @Sendable (PrintersUnderTest) async throws -> Void) async throws {
        let printers = PrintersUnderTest(all: (0..<count).map { _ in VirtualPrinter() })
        try await withThrowingTaskGroup(of: Void.self) { group in
            for printer in printers.all { group.addTask { try await printer.run() } }
            defer { group.cancelAll() }
            try await body(printers)
        }
    }

    /// Their part of a configuration.
    func entries() async throws -> [GatewayUnderTest.PrinterEntry] {
        var entries: [GatewayUnderTest.PrinterEntry] = []
        for (index, printer) in all.enumerated() {
            let address = try await printer.address()
            entries.append(
                .init(name: "p\(index)", device: "tcp://\(address.host):\(address.port)", terminals: ["T\(index)"]))
        }
        return entries
    }
}
