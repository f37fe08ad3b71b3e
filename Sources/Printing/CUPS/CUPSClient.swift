import CCUPS
import Glibc

/// One connection to a print server, with at most one job. Every call blocks, at most for the time-out.
///
/// It is unchecked because its C handles are pointers, which are not Sendable. Nobody else has them, and only the
/// queue's own thread uses them, so it may cross to that thread.
final class CUPSClient: @unchecked Sendable {
    private static let jobName = "Kamkap"

    private let queue: String
    private let device: String
    private let http: OpaquePointer
    private let destination: UnsafeMutablePointer<cups_dest_t>
    private let information: OpaquePointer
    private let address: String
    private var jobID: CInt = 0

    /// Throws `cannotConnect` if there is no such server or queue.
    init(queue: CUPSQueue, timeout: Duration) throws(PrintingError) {
        self.queue = queue.name
        device = queue.device
        // Nobody is there to type a password.
        cupsSetPasswordCB2({ _, _, _, _, _ in nil }, nil)
        let (host, port) = Self.server(queue.server)
        let limit = CInt(clamping: timeout.components.seconds * 1_000)
        guard
            let http = httpConnect2(host, port, nil, AF_UNSPEC, HTTP_ENCRYPTION_IF_REQUESTED, 1, max(limit, 1_000), nil)
        else {
            throw PrintingError(
                .cannotConnect,
                """
                Cannot reach the print server of \(queue.device): \(Self.lastWords). Check that CUPS runs there \
                and that this is its address.
                """)
        }
        httpSetTimeout(http, max(Double(timeout.components.seconds), 1), { _, _ in 0 }, nil)
        guard let destination = cupsGetNamedDest(http, queue.name, nil) else {
            httpClose(http)
            throw PrintingError(
                .cannotConnect,
                "The print server has no queue for \(queue.device): \(Self.lastWords). See lpstat -p for its queues.")
        }
        // Otherwise libcups asks another server for the device behind the queue.
        let address = cupsGetOption(
            "printer-uri-supported", destination.pointee.num_options, destination.pointee.options
        ).map { String(cString: $0) }
        destination.pointee.num_options = cupsAddOption(
            "device-uri", address, destination.pointee.num_options, &destination.pointee.options)
        guard let address, let information = cupsCopyDestInfo(http, destination) else {
            cupsFreeDests(1, destination)
            httpClose(http)
            throw PrintingError(
                .cannotConnect, "The print server knows nothing of \(queue.device): \(Self.lastWords). Look at its log."
            )
        }
        self.http = http
        self.destination = destination
        self.information = information
        self.address = address
    }

    deinit {
        cupsFreeDestInfo(information)
        cupsFreeDests(1, destination)
        httpClose(http)
    }

    // MARK: - A job

    /// Creates the job and opens its one document. The server keeps the job until `finish`.
    func begin(format: String, options: KeyValuePairs<String, String> = [:]) throws(PrintingError) {
        var list: UnsafeMutablePointer<cups_option_t>?
        var count: CInt = 0
        for (name, value) in options { count = cupsAddOption(name, value, count, &list) }
        defer { cupsFreeOptions(count, list) }
        let status = cupsCreateDestJob(http, destination, information, &jobID, Self.jobName, count, list)
        guard Self.isGood(status), jobID > 0 else {
            throw PrintingError(.notReady, "\(device) takes no job: \(Self.lastWords). See lpstat -p \(queue).")
        }
        let answer = cupsStartDestDocument(
            http, destination, information, jobID, Self.jobName, format, 0, nil, 1)
        guard answer == HTTP_STATUS_CONTINUE else { throw broken() }
    }

    func write(_ bytes: [UInt8]) throws(PrintingError) {
        let answer = bytes.withUnsafeBytes { bytes in
            cupsWriteRequestData(http, bytes.baseAddress?.assumingMemoryBound(to: CChar.self), bytes.count)
        }
        guard answer == HTTP_STATUS_CONTINUE else { throw broken() }
    }

    /// From here on the server may print the job.
    func finish() throws(PrintingError) {
        guard Self.isGood(cupsFinishDestDocument(http, destination, information)) else { throw broken() }
    }

    /// Nothing more of the job may come out.
    func cancel() throws(PrintingError) {
        guard jobID > 0 else { return }
        guard Self.isGood(cupsCancelDestJob(http, destination, jobID)) else { throw broken() }
    }

    private func broken() -> PrintingError {
        PrintingError(.connectionLost, "\(device) broke off: \(Self.lastWords). Check the print server and its log.")
    }

    // MARK: - Reports

    /// The server's report on the queue and its printer.
    func printer() throws(PrintingError) -> CUPSPrinterReport {
        let answer = try ask(IPP_OP_GET_PRINTER_ATTRIBUTES, aboutJob: false)
        return CUPSPrinterReport(
            state: answer.integer("printer-state") ?? 3,
            reasons: answer.keywords("printer-state-reasons"),
            isAccepting: answer.integer("printer-is-accepting-jobs") != 0,
            errorPolicy: answer.keywords("printer-error-policy").first,
            formats: answer.keywords("document-format-supported"),
            preferredFormat: answer.keywords("document-format-preferred").first,
            media: answer.keywords("media-supported"))
    }

    /// The server's report on the job; nil if the server does not know it any more.
    func job() throws(PrintingError) -> CUPSJobReport? {
        let answer: CUPSAnswer
        do {
            answer = try ask(IPP_OP_GET_JOB_ATTRIBUTES, aboutJob: true)
        } catch {
            if cupsLastError() == IPP_STATUS_ERROR_NOT_FOUND { return nil }
            throw error
        }
        guard let state = answer.integer("job-state") else { return nil }
        return CUPSJobReport(
            state: state, reasons: answer.keywords("job-state-reasons"),
            hasBegun: answer.integer("time-at-processing") != nil,
            message: answer.keywords("job-printer-state-message").first)
    }

    private func ask(_ operation: ipp_op_t, aboutJob: Bool) throws(PrintingError) -> CUPSAnswer {
        guard let request = ippNewRequest(operation) else {
            throw PrintingError(.system, "No memory for a question to \(device).")
        }
        ippAddString(request, IPP_TAG_OPERATION, IPP_TAG_URI, "printer-uri", nil, address)
        if aboutJob { ippAddInteger(request, IPP_TAG_OPERATION, IPP_TAG_INTEGER, "job-id", jobID) }
        ippAddString(request, IPP_TAG_OPERATION, IPP_TAG_NAME, "requesting-user-name", nil, cupsUser())
        let answer = CUPSAnswer(cupsDoRequest(http, request, "/"))
        guard Self.isGood(cupsLastError()), answer.isThere else { throw broken() }
        return answer
    }

    private static func isGood(_ status: ipp_status_t) -> Bool {
        status.rawValue <= IPP_STATUS_OK_EVENTS_COMPLETE.rawValue && status != IPP_STATUS_ERROR_INTERNAL
            && status.rawValue >= 0
    }

    private static var lastWords: String { cupsLastErrorString().map { String(cString: $0) } ?? "no reason given" }

    private static func server(_ text: String?) -> (host: String, port: CInt) {
        guard let text, let (host, port) = PrinterDevice.hostAndPort(text, port: 631) else {
            return (cupsServer().map { String(cString: $0) } ?? "localhost", ippPort())
        }
        return (host, CInt(clamping: port))
    }
}
