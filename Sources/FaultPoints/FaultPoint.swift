/// A moment at which the gateway may be killed on purpose, so that what the next start finds is seen and not believed.
///
/// Only a build with the package trait `FaultPoints` has them: there `KAMKAP_KILL_AT=print.began:2` ends the process by
/// SIGKILL when that point is passed for the second time. Any other build passes them without a trace.
public enum FaultPoint: String, Sendable, CaseIterable {
    // Every write to the outbox.
    /// Its statements are carried out, COMMIT is not.
    case commitWritten = "commit.written"
    /// It is on disk, and nobody has been told.
    case commitSynced = "commit.synced"
    case checkpointDue = "checkpoint.due"
    case checkpointDone = "checkpoint.done"

    // A sale on its way in.
    /// Found in order, not written yet.
    case saleChecked = "sale.checked"
    /// On disk; the till has no answer.
    case saleKept = "sale.kept"
    /// The till has its answer.
    case tillAnswered = "till.answered"
    /// The spool file's sale is on disk, the file not moved.
    case spoolKept = "spool.kept"
    case spoolMoved = "spool.moved"
    /// Why a spool file is rejected is on disk, the file not moved.
    case spoolExplained = "spool.explained"

    // A registration.
    case registrationDue = "registration.due"
    /// The attempt is on disk, nothing is sent.
    case attemptRecorded = "registration.attempt-recorded"
    case stubAnswered = "registration.stub-answered"
    case showAnswered = "registration.show-answered"
    /// What came of it is on disk.
    case registrationWritten = "registration.written"

    // A print.
    case printDue = "print.due"
    /// The paper is made and contact with the printer, nothing is on disk of it.
    case printerOpened = "print.opened"
    /// "Printing" is on disk, no byte has left.
    case printBegan = "print.began"
    /// Another piece of the paper's bytes was taken.
    case pieceSent = "print.piece-sent"
    case allSent = "print.all-sent"
    /// The printer said that it is out, or it is known that contact was lost; nothing is on disk of it.
    case printEnded = "print.ended"
    case printWritten = "print.written"
    case printMoved = "print.moved"

    // A start after a kill.
    /// One more print that was interrupted is settled.
    case interruptedSettled = "start.interrupted-settled"
}
