using ProcessManager.Host.Operations;

namespace ProcessManager.Host.Tests.Operations;

public sealed class WorkWordsTests
{
    [Theory]
    [InlineData("timer/51/remind:1:desk-check:1:1:2", "Reminder: desk-check")]
    [InlineData("timer/64/escalate:1:call:1:0:1", "Escalation: call")]
    [InlineData("timer/64/overdue:2:call:1:0:1", "Overdue: call")]
    [InlineData("mail/12", "mail/12")]
    public void A_timer_is_told_in_words(string key, string words) => Assert.Equal(words, WorkWords.OfTimer(key));
}
