import ArgumentParser

struct Slips: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "List payment slips, newest first, show one, or have one read again.",
        subcommands: [SlipList.self, SlipShow.self, SlipRetry.self, SlipRemove.self], defaultSubcommand: SlipList.self)
}
