import Synchronization

/// The calls that have succeeded since the start: their paths are configured right.
final class KnownPaths: Sendable {
    private let calls = Mutex<Set<OCRInvoiceCall>>([])

    func worked(_ call: OCRInvoiceCall) { calls.withLock { _ = $0.insert(call) } }

    func have(_ call: OCRInvoiceCall) -> Bool { calls.withLock { $0.contains(call) } }
}
