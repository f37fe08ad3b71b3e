/// A moment at which a test may kill the gateway, to see what the next start finds.
///
/// Only a build with the package trait `FaultPoints` has them: there `KAMKAP_KILL_AT=print.began:2` ends the process by
/// SIGKILL at the second pass of that point. In any other build a pass does nothing.
public enum FaultPoint: String, Sendable, CaseIterable {
    // Every write to the outbox.
    /// Its statements have run, COMMIT has not.
    case commitWritten = "commit.written"
    /// It is on disk, and no observer knows yet.
    case commitSynced = "commit.synced"
    case checkpointDue = "checkpoint.due"
    case checkpointDone = "checkpoint.done"

    // A sale on its way in.
    /// It is valid, and not written yet.
    case saleChecked = "sale.checked"
    /// It is on disk; the till has no answer.
    case saleKept = "sale.kept"
    /// The till has its answer.
    case tillAnswered = "till.answered"
    /// The spool file's sale is on disk, the file is not moved.
    case spoolKept = "spool.kept"
    case spoolMoved = "spool.moved"
    /// The reason for rejecting a spool file is on disk, the file is not moved.
    case spoolExplained = "spool.explained"

    // A payment slip.
    /// Its picture is on disk, and no row of it.
    case slipImageKept = "slip.image-kept"
    /// Its row is on disk as well; whoever handed it in has no answer.
    case slipKept = "slip.kept"

    // A registration.
    case registrationDue = "registration.due"
    /// The attempt is on disk, nothing is sent.
    case attemptRecorded = "registration.attempt-recorded"
    case stubAnswered = "registration.stub-answered"
    case showAnswered = "registration.show-answered"
    /// The outcome is on disk.
    case registrationWritten = "registration.written"

    // A supplier's invoice. Nothing of the first three is on disk.
    /// The document can be fetched.
    case invoicePublished = "invoice.published"
    /// The service has made a job of it.
    case invoiceCreated = "invoice.created"
    /// The service has been asked to read it, and said yes.
    case invoiceProcessed = "invoice.processed"
    /// What was read is on disk; the document can still be fetched, and the job is at the service.
    case readingKept = "invoice.reading-kept"

    // Documents.
    /// A part of the stream was answered, and nothing of it is on disk.
    case streamAnswered = "documents.stream-answered"
    /// What the part brought is on disk.
    case streamWritten = "documents.stream-written"
    /// The file is in the archive; the outbox does not say so.
    case fileArchived = "documents.file-archived"

    // A print.
    case printDue = "print.due"
    /// The paper is made and the printer connected; nothing about it is on disk.
    case printerOpened = "print.opened"
    /// "Printing" is on disk, no byte has left.
    case printBegan = "print.began"
    /// The printer took another piece of the paper's bytes.
    case pieceSent = "print.piece-sent"
    case allSent = "print.all-sent"
    /// The printer confirmed the paper, or contact was lost; nothing about it is on disk.
    case printEnded = "print.ended"
    case printWritten = "print.written"
    case printMoved = "print.moved"

    // A start after a kill.
    /// One more interrupted print is settled.
    case interruptedSettled = "start.interrupted-settled"
}
