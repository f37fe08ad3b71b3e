import Gateway
import Testing

@Suite struct PrinterRoutingTests {
    @Test("a terminal's printer, else the first without terminals, else the first")
    func routes() throws {
        let mixed = try #require(
            PrinterRouting([
                .init(printer: "kiosk", terminals: ["K1", "K2"]), .init(printer: "front", terminals: []),
                .init(printer: "back", terminals: ["B1"]),
            ]))
        #expect(mixed.printer(forTerminal: "K2") == "kiosk")
        #expect(mixed.printer(forTerminal: "B1") == "back")
        #expect(mixed.printer(forTerminal: "X") == "front")
        #expect(mixed.printer(forTerminal: nil) == "front")
        let owned = try #require(
            PrinterRouting([.init(printer: "a", terminals: ["1"]), .init(printer: "b", terminals: ["2"])]))
        #expect(owned.printer(forTerminal: nil) == "a")
        #expect(PrinterRouting([]) == nil)
    }
}
