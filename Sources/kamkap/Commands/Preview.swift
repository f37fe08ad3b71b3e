import ArgumentParser
import Billgate
import Foundation
import Gateway
import Raster
import Receipts
import Sales
import Settings

struct Preview: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Draw the receipt of a sale file as PNG, without a gateway.",
        discussion: """
            With a configuration the receipt is that store's; without one it is the sample store's. Every preview is \
            headed as a sample: it is no tax invoice.
            """)

    @Argument(help: "A sale as JSON; - reads standard input.") var file: String
    @Option(name: .shortAndLong, help: "Path of the PNG; - is standard output. Default: FILE.png in this directory.")
    var output: String?
    @OptionGroup var configuration: ConfigurationOptions
    @Option(help: "Dots across the paper. Default: the sale's printer, else 576.") var dots: Int?
    @Option(help: "The link in the QR. Default: one as long as the provider's.") var url: String?
    @Flag(help: "Draw it without the QR, as for a late link.") var withoutQR = false

    /// As long as the provider's links.
    private static func sampleURL(_ provider: ProviderSettings.Service) -> String {
        switch provider {
        case .slime:
            "https://app.thai-document.slime.systems/projects/123456/trading-document-interface/SAMPLE/00000000000000000000000000000000"
        case .billgate: BillgateLink.longest(at: BillgateEndpoint.production)
        }
    }

    func run() async throws {
        let settings = try settings()
        let event: SaleEvent
        do {
            event = try SaleDecoder(defaults: settings.saleDefaults)
                .decode(try Submit.read(file), receivedAt: Date())
        } catch let rejection as SaleRejection {
            throw CommandExit(.badData, rejection.report(on: file))
        }
        let fleet = try PrinterFleet(settings: settings, isSandbox: true)
        let printer = event.sale.receipt.printer ?? fleet.routing.printer(forTerminal: event.sale.terminalID)
        let width = dots ?? settings.printers.first { $0.name == printer }?.width ?? 576
        do {
            let maker = try fleet.maker(widthInDots: width)
            let provider = settings.provider.use
            let url = url ?? Self.sampleURL(provider)
            let link = PaperLink(withoutQR ? nil : url, offers: maker.offer(of: ServiceName(provider)))
            let (paper, lacking) = try await maker.preview(event.sale, with: link)
            try write(Data(try paper.png()))
            let warnings = fleet.warnings(usualLink: url).filter { !$0.key.hasPrefix("printers") }
            for warning in warnings { Self.remark("\(warning.key): \(warning.text)") }
            if let lacking { Self.remark(lacking) }
            let undrawable = await maker.takeUndrawable()
            if !undrawable.isEmpty {
                let list = undrawable.map(\.codePoint).joined(separator: " ")
                Self.remark("no installed font has \(list); a replacement sign is drawn. See docs/printers.md, Fonts")
            }
        } catch let exit as CommandExit {
            throw exit
        } catch {
            throw CommandExit(.badData, "the receipt cannot be drawn: \(error)")
        }
    }

    /// What the picture lacks is reported beside it.
    private static func remark(_ text: String) {
        Terminal.error(SaleText.plain(text))
    }

    private func settings() throws -> Settings {
        if configuration.isNamed || FileManager.default.fileExists(atPath: configuration.path) {
            return try Settings.loadOrExit(configuration.path)
        }
        var settings = Settings(
            store: try SampleStore.store(),
            provider: ProviderSettings(.slime(SlimeSettings(endpoint: "", keyID: "", secretFile: ""))),
            printers: [PrinterSettings(name: "sample", device: "file:///dev/null", width: 576)])
        settings.terminals = [SampleStore.terminal]
        return settings
    }

    private func write(_ png: Data) throws {
        if output == "-" {
            return Terminal.write(png)
        }
        let stem = file == "-" ? "receipt" : URL(fileURLWithPath: file).deletingPathExtension().lastPathComponent
        let path = output ?? stem + ".png"
        do { try png.write(to: URL(fileURLWithPath: path)) } catch {
            throw CommandExit(.systemFault, "\(path) cannot be written")
        }
        Terminal.print(path)
    }
}

extension SaleRejection {
    /// Every fault, one on a line.
    func report(on source: String) -> String {
        switch self {
        case .notJSON(let error): "\(source): not JSON: \(error)"
        case .invalid(let faults): "\(source): not a valid sale\n" + faults.map { "  \($0)" }.joined(separator: "\n")
        }
    }
}
