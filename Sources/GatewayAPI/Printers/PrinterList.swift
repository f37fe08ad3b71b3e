/// The answer to `GET /v1/printers`.
public struct PrinterList: WireResource {
    public var printers: [PrinterResource] = []

    public init() {}

    public init(_ printers: [PrinterResource]) {
        self.printers = printers
    }

    public static let fields: [WireField<PrinterList>] = [.field("printers", \.printers)]
}
