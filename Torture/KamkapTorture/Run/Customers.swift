import Foundation
import Simulators

/// Customers who have documents made of their sales, by the links on their receipts.
struct Customers {
    let slime: SlimeSimulator
    var dice: Dice

    /// Until cancelled.
    mutating func run() async {
        while !Task.isCancelled {
            try? await Task.sleep(for: dice.milliseconds(100...600))
            await haveOneMade()
        }
    }

    mutating func haveOneMade() async {
        guard let sale = dice.pick(await slime.transactions().filter { !$0.isOtherStores }) else { return }
        _ = try? await slime.customerMakesDocument(of: sale.id)
        // Another store of the same project is busy as well.
        if dice.chance(25) { await slime.otherStoreMakesDocuments(1) }
    }
}
