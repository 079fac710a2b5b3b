using Xunit;

// Every test has hosts of its own and takes what the machine has: one after the other.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
