import Runtime
import Testing

@Suite struct HeartbeatTests {
    @Test("a loop that is not round again in time is named, until it turns again") func overdue() {
        let board = LivenessMonitor()
        let (jobWorker, printWorker) = (board.heartbeat("job worker"), board.heartbeat("printer front"))
        #expect(board.overdue.isEmpty)
        jobWorker.beat(within: .zero)
        #expect(board.overdue == ["job worker"])
        printWorker.beat(within: .zero)
        jobWorker.beat()
        #expect(board.overdue == ["printer front"])
        printWorker.beat(within: .seconds(60))
        #expect(board.overdue.isEmpty)
    }
}
