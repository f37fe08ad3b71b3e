import Foundation
import Gateway
import Logging
import Monitoring
import Outbox
import PrintQueue
import Printing
import Raster
import Receipts
import RemoteServices
import Runtime
import Sales
import Settings

/// The configured printers, with what they need to print.
struct PrinterFleet {
    let routing: PrinterRouting
    let observability: Observability
    private let settings: Settings
    private let isSandbox: Bool
    private let printers: [(settings: PrinterSettings, printer: Printer)]

    init(settings: Settings, isSandbox: Bool, logger: Logger = Logger(label: "kamkap")) throws {
        self.settings = settings
        self.isSandbox = isSandbox
        let devices = try settings.printers.enumerated().map { index, printer in
            try Self.device(printer, key: "printers[\(index)].device")
        }
        observability = Observability(
            printers: zip(settings.printers, devices).map { ($0.name, $1.description, $0.width) },
            provider: ServiceName(settings.provider.use),
            logger: logger)
        let board = observability.board
        printers = zip(settings.printers, devices).map { printer, device in
            let name = printer.name
            return (
                printer,
                Printer(
                    name: name, device: device,
                    model: PrinterModel(
                        widthInDots: printer.width, profile: PrinterProfile(printer.profile),
                        confirmation: ConfirmationPolicy(printer.confirm)),
                    observer: { status in board.record(name, status, logger: logger) })
            )
        }
        let routes = settings.printers.map { PrinterRouting.Route(printer: $0.name, terminals: $0.terminals) }
        guard let routing = PrinterRouting(routes) else {
            throw CommandExit(.badConfiguration, "printers: at least one [[printers]] is required")
        }
        self.routing = routing
    }

    /// Asks each printer for its state. Only if no gateway runs: a printer serves one connection.
    func look() async -> [(name: String, device: String, Result<PrinterStatus?, PrintingError>)] {
        await withTaskGroup(of: (Int, Result<PrinterStatus?, PrintingError>).self) { group in
            for (index, (_, printer)) in printers.enumerated() {
                group.addTask {
                    do throws(PrintingError) {
                        let session = try await printer.open()
                        let status = await session.status
                        await session.close()
                        return (index, .success(status))
                    } catch {
                        return (index, .failure(error))
                    }
                }
            }
            let outcomes = await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
            return printers.enumerated().compactMap { index, entry in
                outcomes[index].map { (entry.settings.name, "\(entry.printer.device)", $0) }
            }
        }
    }

    func stations() throws -> [PrinterStation] {
        try printers.map { configured, printer in
            PrinterStation(
                settings: PrintWorkerSettings(
                    printer: printer, cut: CutKind(configured.cut), hasDrawer: configured.drawer,
                    fallback: configured.fallback.map {
                        PrinterFallback(printer: $0, after: settings.receipt.fallbackAfter)
                    },
                    limits: PrintLimits(
                        qrDeadline: settings.receipt.qrDeadline, maximumAge: settings.receipt.printMaximumAge),
                    printsDocuments: configured.name == settings.documents?.printer),
                papers: try maker(widthInDots: configured.width))
        }
    }

    func maker(widthInDots width: Int) throws -> PaperMaker {
        do {
            return try PaperMaker(
                store: try identity(widthInDots: width), style: style,
                registers: Dictionary(
                    settings.terminals.compactMap { terminal in terminal.registerID.map { (terminal.id, $0) } },
                    uniquingKeysWith: { first, _ in first }),
                defaults: settings.saleDefaults, offers: ProviderAbilities.known.mapValues(\.linkOffers),
                widthInDots: width)
        } catch let error as ReceiptError {
            throw CommandExit(.badConfiguration, "receipt.font: \(error.message)")
        }
    }

    private var style: ReceiptStyle {
        let receipt = settings.receipt
        return ReceiptStyle(
            language: .init(receipt.language), era: .init(receipt.era),
            fonts: .init(family: font, fallbacks: receipt.fallbackFonts), header: receipt.header,
            footer: receipt.footer, isSandbox: isSandbox)
    }

    /// The configured font, or another one with Thai if it is not installed: see ``warnings(usualLink:)``.
    private var font: String {
        let wanted = settings.receipt.font
        guard !Typesetter.missingFonts(of: [wanted]).isEmpty else { return wanted }
        return Typesetter.substituteFont() ?? wanted
    }

    /// Where papers differ from what the configuration wants. They are printed all the same: a missing extra never
    /// stops a receipt.
    ///
    /// - Parameter usualLink: the longest usual link of the provider.
    func warnings(usualLink: String) -> [StartupWarning] {
        var found: [StartupWarning] = []
        let receipt = settings.receipt
        if !Typesetter.missingFonts(of: [receipt.font]).isEmpty, let substitute = Typesetter.substituteFont() {
            found.append(
                StartupWarning(
                    key: "receipt.font",
                    text: "\"\(receipt.font)\" is not installed; papers are set in \(substitute) instead"
                ))
        }
        for family in Typesetter.missingFonts(of: receipt.fallbackFonts) {
            found.append(
                StartupWarning(
                    key: "receipt.fallback_fonts",
                    text: "\"\(family)\" is not installed and is skipped; `fc-list : family` lists what is"))
        }
        if let logo = settings.store.logo {
            do { _ = try Self.logo(logo, widthInDots: Self.widestLogo) } catch {
                let message = (error as? CommandExit)?.message ?? "\(error)"
                found.append(StartupWarning(key: "store.logo", text: "\(message); papers are printed without it"))
            }
        }
        for (index, printer) in settings.printers.enumerated()
        where !QRCode.fits(usualLink, paperWidth: printer.width) {
            let text =
                "\(printer.name) prints \(printer.width) dots, too few for the code of a link of \(usualLink.utf8.count) bytes, "
                + "as the provider's are; its receipts say that the link can be had from the shop"
            found.append(StartupWarning(key: "printers[\(index)].dots", text: text))
        }
        return found
    }

    private static let widestLogo = 576

    private func identity(widthInDots width: Int) throws -> StoreIdentity {
        let store = settings.store
        return StoreIdentity(
            name: store.name, taxID: store.taxID, branchID: store.branchID, address: store.address, phone: store.phone,
            logo: store.logo.flatMap { try? Self.logo($0, widthInDots: width) })
    }

    private static func logo(_ path: String, widthInDots width: Int) throws -> Bitmap {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw CommandExit(.badConfiguration, "\(path) cannot be read")
        }
        do {
            return try Bitmap.dithered(png: Array(data), maximumWidth: width * 3 / 4)
        } catch {
            throw CommandExit(.badConfiguration, "\(path): \(error.message)")
        }
    }

    private static func device(_ settings: PrinterSettings, key: String) throws -> PrinterDevice {
        do {
            return try PrinterDevice(parsing: settings.device)
        } catch {
            throw CommandExit(.badConfiguration, "\(key): \(error.message)")
        }
    }
}

// Converts the configuration's words to the rooms' own.

extension CutKind {
    init(_ cut: PrinterSettings.Cut) {
        switch cut {
        case .partial: self = .partial
        case .full: self = .full
        case .none: self = .none
        }
    }
}

extension PrinterProfile {
    init(_ profile: PrinterSettings.Profile) {
        switch profile {
        case .generic: self = .generic
        case .epsonTM: self = .epsonTM
        case .clone58: self = .clone58
        }
    }
}

extension ConfirmationPolicy {
    init(_ confirm: PrinterSettings.Confirm) {
        switch confirm {
        case .auto: self = .auto
        case .processID: self = .processID
        case .status: self = .status
        case .none: self = .none
        }
    }
}

extension ReceiptStyle.Language {
    init(_ language: ReceiptSettings.Language) {
        switch language {
        case .thai: self = .thai
        case .english: self = .english
        case .both: self = .both
        }
    }
}

extension ReceiptStyle.Era {
    init(_ era: ReceiptSettings.Era) {
        switch era {
        case .buddhist: self = .buddhist
        case .common: self = .common
        }
    }
}
