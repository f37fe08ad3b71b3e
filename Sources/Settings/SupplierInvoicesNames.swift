/// How the service is addressed, in `[supplier_invoices]`: its page names no header and no path.
public struct SupplierInvoicesNames: Sendable, Equatable {
    /// The header with the key.
    public var keyHeader = "api-key"
    /// The path of all jobs, with a slash before it.
    public var resource = "/ocr-invoice-job"
    /// What follows the path of a job to have it processed.
    public var processPath = "process"
    /// What follows the path of a job to ask for its results.
    public var resultsPath = "results"

    public init() {}
}

extension SupplierInvoicesNames {
    private static let headerRule = "the name of a header, such as \"api-key\""
    private static let longestHeader = 64

    init(_ table: inout SettingsReader) {
        self.init()
        if let value = table.parsed("key_header", rule: Self.headerRule, Self.header) { keyHeader = value }
        let path = table.parsed("resource", rule: "a path such as \"/ocr-invoice-job\"") { text in
            text.hasPrefix("/") && Self.isPath(text.dropFirst()) ? text : nil
        }
        if let path { resource = path }
        let rule = "a path below a job's, such as "
        if let value = table.parsed("process_path", rule: rule + "\"process\"", Self.subpath) { processPath = value }
        if let value = table.parsed("results_path", rule: rule + "\"results\"", Self.subpath) { resultsPath = value }
        if processPath == resultsPath {
            table.faults.add(table.key("results_path"), "expected another path than process_path")
        }
    }

    private static func header(_ text: String) -> String? {
        let marks = "!#$%&'*+-.^_`|~"
        let isName = text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || marks.contains($0)) }
        return isName && (1...longestHeader).contains(text.utf8.count) ? text : nil
    }

    private static func subpath(_ text: String) -> String? { isPath(text[...]) ? text : nil }

    /// As it stands in a request, without slashes around it.
    private static func isPath(_ text: Substring) -> Bool {
        text.split(separator: "/", omittingEmptySubsequences: false).allSatisfy { part in
            !["", ".", ".."].contains(part)
                && part.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-._~".contains($0)) }
        }
    }
}
