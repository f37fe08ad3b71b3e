import Simulators

/// Slime on a bad day: answers that are lost, late, broken or not as the page says.
struct SlimeTrouble {
    let slime: SlimeSimulator
    let relay: SlimeRelay
    var dice: Dice

    /// Until cancelled; then Slime is well again.
    mutating func run() async {
        while !Task.isCancelled {
            try? await Task.sleep(for: dice.milliseconds(200...900))
            switch dice.number(0...9) {
            case 0:
                await relay.refuse()
                try? await Task.sleep(for: dice.milliseconds(100...1_500))
                await admit()
            case 1: await relay.reset()
            default: await slime.inject(.init(kind(), times: dice.number(1...3)))
            }
        }
        await slime.clearFaults()
    }

    /// Another program's outgoing connection may use the port for a moment.
    private func admit() async {
        while (try? await relay.admit()) == nil { await Task.yield() }
    }

    private mutating func kind() -> SlimeSimulator.Fault.Kind {
        switch dice.number(0...11) {
        case 0, 1: .loseAnswerBeforeActing
        case 2, 3: .loseAnswerAfterActing
        case 4: .unavailable(status: dice.pick([500, 502, 503, 504]) ?? 500)
        case 5: .unavailable(status: 429, retryAfter: .seconds(1))
        case 6: .garbage
        case 7: .truncated
        case 8: .serviceURL(nil)
        case 9: .file(.html)
        case 10: .file(.cut)
        default: .slow(dice.milliseconds(50...2_600))
        }
    }
}
