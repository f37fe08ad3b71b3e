/// A provider on a bad day: answers that are lost, late, broken or not as its page says.
struct ProviderTrouble {
    let provider: any StagedProvider
    let relay: ProviderRelay
    var dice: Dice

    /// Until cancelled; then it is well again.
    mutating func run() async {
        while !Task.isCancelled {
            try? await Task.sleep(for: dice.milliseconds(200...900))
            switch dice.number(0...9) {
            case 0:
                await relay.refuse()
                try? await Task.sleep(for: dice.milliseconds(100...1_500))
                await admit()
            case 1: await relay.reset()
            default: await provider.injectTrouble(&dice)
            }
        }
        await provider.clearFaults()
    }

    /// Another program's outgoing connection may use the port for a moment.
    private func admit() async {
        while (try? await relay.admit()) == nil { await Task.yield() }
    }
}
