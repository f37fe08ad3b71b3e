import Gateway
import GatewayAPI
import Host
import JSON

/// What the files of a spool hold, and who takes it.
protocol SpoolContent: Sendable {
    /// How the files' names end, without the dot and in small letters. Others are left where they are.
    var endings: [String] { get }
    /// Bytes of the largest file that is taken.
    var maximum: Int { get }
    /// The configuration key of ``maximum``.
    var maximumKey: String { get }

    /// Where its files go.
    var folders: SpoolFolders { get }

    /// Files read at once: they share commits, are in memory together, and live tills do not wait behind them.
    var atOnce: Int { get }

    /// What is to be said of a file by its name alone; nil if it has to be read.
    func outlook(of name: FileName) async -> SpoolAnswer?
    /// False for content that looks as if its writer had not finished.
    func isWhole(_ bytes: [UInt8], named name: FileName) -> Bool
    /// Takes the content. The same content may come again after a kill.
    func take(_ bytes: [UInt8], named name: FileName) async -> SpoolAnswer
}

extension SpoolContent {
    var folders: SpoolFolders { .usual }
}

/// What becomes of a spool's file.
enum SpoolAnswer: Sendable {
    /// Its content is on disk.
    case taken
    /// The same, and the file gets this name.
    case takenAs(FileName)
    /// Its content came before; this is put beside it.
    case known(JSONValue)
    /// What it belongs to is not there yet. If that does not come, the file is refused with this.
    case early(Problem)
    /// Nothing can be taken now, for a reason outside the file.
    case mustWait(String)
    case refused(Problem)

    /// Where HTTP would answer 503 or 507, files wait.
    init(_ refusal: OperationError) {
        switch refusal {
        case .unavailable(let reason, _, _), .busy(let reason), .diskFull(let reason): self = .mustWait(reason)
        default: self = .refused(ProblemError(refusal).problem)
        }
    }
}
