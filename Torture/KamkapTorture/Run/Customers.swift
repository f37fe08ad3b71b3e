/// Customers who open the links on their receipts.
struct Customers {
    let provider: any StagedProvider
    var dice: Dice

    /// Until cancelled.
    mutating func run() async {
        while !Task.isCancelled {
            try? await Task.sleep(for: dice.milliseconds(100...600))
            await act()
        }
    }

    mutating func act() async { await provider.haveCustomerAct(&dice) }
}
