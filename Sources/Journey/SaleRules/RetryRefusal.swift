/// Why a registration is not sent again in the way that a person wants.
public enum RetryRefusal: Error, Sendable, Equatable {
    /// Nothing is owed any more.
    case done(IllegalTransition)
    /// It may be on its way as it is. Only a rejected registration, or one whose account is held, can be changed.
    case underWay
    /// The provider has it as it was sent.
    case made
    /// The provider has a document of it, whose name is known. It would be there beside the one that is made anew.
    case documentKnown
    /// It is on its way. Only one that is rejected, or whose account is held, is made anew.
    case onItsWay
    /// The provider may have it as it was sent, and would not tell a repeat.
    case mayBeMade
    /// The attempt under way has no answer yet.
    case unanswered
    /// An attempt may have reached the provider that it would leave.
    case mayBeThere
}
