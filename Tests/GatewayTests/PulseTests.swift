import Gateway
import Testing

@Suite struct PulseTests {
    @Test("a loop that is not round again in time is named, until it turns again") func overdue() {
        let board = PulseBoard()
        let (registrar, press) = (board.pulse("registrar"), board.pulse("press front"))
        #expect(board.overdue.isEmpty)
        registrar.beat(within: .zero)
        #expect(board.overdue == ["registrar"])
        press.beat(within: .zero)
        registrar.beat()
        #expect(board.overdue == ["press front"])
        press.beat(within: .seconds(60))
        #expect(board.overdue.isEmpty)
    }
}
