import Foundation
import Gateway
import HTTPCalls
import Host
import Journey
import Logging
import RemoteServices
import Runtime
import Sales
import ScanlyIQ
import Settings
import Slips

/// The configured reader of payment slips, of which every file is read, and the folder of their images.
struct PreparedSlips {
    private let settings: SlipsSettings
    private let endpoint: ScanlyIQEndpoint
    private let options: ScanlyIQCallOptions
    /// The database's folder: pictures and the journal of calls are beside it.
    private let home: URL

    /// Nil if no slips are taken.
    init?(_ settings: Settings) throws {
        guard let slips = settings.slips else { return nil }
        self.settings = slips
        endpoint = try ScanlyIQEndpoint(slips)
        options = try ScanlyIQCallOptions(slips)
        home = Self.home(settings)
    }

    /// The images of slips that were taken before, while none are taken; nil if there is no folder of any.
    static func formerImages(_ settings: Settings) -> SlipFolder? {
        let path = folder(in: home(settings))
        guard settings.slips == nil, FileManager.default.fileExists(atPath: path) else { return nil }
        // A folder that cannot be used is no reason not to sell.
        return try? SlipFolder(path)
    }

    private static func home(_ settings: Settings) -> URL {
        URL(fileURLWithPath: settings.outbox.database).deletingLastPathComponent()
    }

    private static func folder(in home: URL) -> String { home.appending(path: "slips").path }

    /// - Parameter logger: for what the service's clock shows.
    func tasks(seenBy observability: Observability, logger: Logger) throws -> SlipTasks {
        let folder: SlipFolder
        do { folder = try SlipFolder(Self.folder(in: home)) } catch {
            throw CommandExit(.systemFault, error.message)
        }
        let observer = observability.observer(of: .scanlyIQ, calls: ScanlyIQService.calls, logger: logger)
        let journal = CallJournal(path: home.appending(path: "scanlyiq-calls").path) { GatewayClock.system.now }
        let reader = service(observer, journal) { name in
            do throws(SlipFolderError) { return try await folder.image(named: name) } catch {
                if error.code == .missing { throw SlipImageMissing() }
                throw error
            }
        }
        return SlipTasks(
            service: reader, images: folder, keep: settings.keep, credits: { reader.credits.balance })
    }

    /// One that nobody watches and that reads nothing, for a question.
    func service() -> ScanlyIQService {
        service(ServiceObserver(), nil) { _ in throw SlipImageMissing() }
    }

    private func service(
        _ observer: ServiceObserver, _ journal: CallJournal?, _ images: @escaping SlipImageSource
    ) -> ScanlyIQService {
        ScanlyIQService(
            client: ScanlyIQClient(endpoint: endpoint, options: options, journal: journal),
            terms: ScanlyIQTerms(settings), images: images, observer: observer)
    }
}

extension SlipTerms {
    init(_ settings: SlipsSettings) {
        self.init(
            methods: settings.methods, accounts: settings.accounts, dateToleranceDays: settings.dateTolerance,
            keep: settings.keep)
    }
}
