/// A print server's report on a queue: RFC 8011, sections 5.4.11 and 5.4.12.
struct CUPSPrinterReport: Sendable, Equatable {
    /// 3 idle, 4 processing, 5 stopped.
    var state: Int
    var reasons: [String] = []
    var isAccepting = true
    /// What the server does with a job that its printer broke off, such as `abort-job`.
    var errorPolicy: String?
    /// The formats that the server can pass to the printer, as MIME types.
    var formats: [String] = []
    /// The best of them; only queues with a driver have it.
    var preferredFormat: String?
    /// The sizes of paper, by their names.
    var media: [String] = []

    /// Whether the server would begin such a job again at once, before anybody could stop it.
    var printsTwice: Bool { errorPolicy == "retry-current-job" }

    /// Whether a job given to the queue now would be begun. Reasons do not count here: most back ends update them only
    /// while they print, so an old one would hold up the very paper that clears it.
    var wouldBegin: Bool { state != 5 && isAccepting }

    /// Whether the bytes go to the printer unchanged. cupsd names a preferred format for each queue but raw ones, and
    /// counts classes and queues that pass everything on to another server as raw: `add_printer_formats` in
    /// scheduler/printers.c, CUPS 2.4. The queue's make and model say it too, but a printer may have any name.
    var isRaw: Bool { preferredFormat == nil }

    /// The format for a paper; nil if the driver takes none of ours.
    var paperFormat: PaperFormat? {
        if isRaw { return .escpos }
        return formats.contains(CUPSSession.pdfFormat) ? .pdf(PageSizes(media: media)) : nil
    }

    var status: PrinterStatus {
        // No reason of a print server describes a cutter.
        var status = PrinterStatus(state == 5 ? .offline : [], told: .all.subtracting(.cutter))
        for reason in reasons {
            let isRemark = reason.hasSuffix("-report") || reason.hasSuffix("-warning")
            let cause = ["-report", "-warning", "-error"].reduce(reason) { cause, ending in
                cause.hasSuffix(ending) ? String(cause.dropLast(ending.count)) : cause
            }
            switch cause {
            case "media-low": status.faults.insert(.paperNearEnd)
            case "media-empty", "media-needed":
                if !reason.hasSuffix("-report") { status.faults.insert(.paperEnd) }
            case "cover-open", "door-open", "interlock-open":
                if !reason.hasSuffix("-report") { status.faults.insert(.coverOpen) }
            case "offline", "shutdown", "timed-out", "stopped-partly", "connecting-to-device":
                status.faults.insert(.offline)
            case "media-jam", "other", "fuser-over-temp": if !isRemark { status.faults.insert(.otherError) }
            default: break
            }
        }
        return status
    }
}

/// A print server's report on a job: RFC 8011, sections 5.3.7 and 5.3.8.
struct CUPSJobReport: Sendable, Equatable {
    /// 3 pending, 4 held, 5 processing, 6 stopped, 7 cancelled, 8 aborted, 9 completed.
    var state: Int
    var reasons: [String] = []
    /// Whether it was ever passed to the printer's back end.
    var hasBegun = false
    var message: String?

    /// Cancelled before anything of it could reach the printer.
    var wasKeptBack: Bool { state == 7 && !hasBegun }
}
