import ArgumentParser
import GatewayAPI
import JSON

struct Printers: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Ask every printer for its state.",
        discussion: "A printer that is busy or does not answer within two seconds is shown as last known.")

    @OptionGroup var gateway: GatewayOptions
    @Flag(help: "Print the answer as JSON.") var json = false

    func run() async throws {
        let answer = try await gateway.client.get("/v1/printers")
        guard answer.status == 200 else { throw CommandExit(answer, about: "printers") }
        if json { return Terminal.print(try answer.json().text) }
        var table = TextTable(columns: [
            ("PRINTER", .left), ("STATE", .left), ("QUEUED", .right), ("PAPER", .left), ("COVER", .left),
            ("CUTTER", .left), ("DEVICE", .left), ("SAYS", .left),
        ])
        for printer in try PrinterList(json: answer.json()).printers {
            table.rows.append([
                SaleText.plain(printer.name), printer.state, String(printer.queued), Self.paper(printer.sensors),
                Self.word(printer.sensors.coverOpen, "open", "closed"),
                Self.word(printer.sensors.cutterError, "jammed", "ok"), SaleText.plain(printer.device),
                SaleText.plain(printer.detail ?? "-"),
            ])
        }
        Terminal.print(table.text())
    }

    private static func paper(_ sensors: SensorsResource) -> String {
        if sensors.paperEnd == true { return "out" }
        return sensors.paperNearEnd == true ? "low" : word(sensors.paperEnd, "out", "ok")
    }

    /// "-" means that the printer does not report it.
    private static func word(_ flag: Bool?, _ yes: String, _ no: String) -> String {
        flag.map { $0 ? yes : no } ?? "-"
    }
}
