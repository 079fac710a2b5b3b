namespace ProcessManager.Language.Drawing;

/// <summary>The looks of drawings. The custom properties are Tabler's, so that light and dark follow the page.</summary>
internal static class DrawingStyle
{
    public const string Css = """
        .plan-drawing {
          --pd-surface: var(--tblr-bg-surface, #ffffff);
          --pd-lane: var(--tblr-bg-surface-secondary, #f6f8fb);
          --pd-border: var(--tblr-border-color, #dce1e7);
          --pd-text: var(--tblr-body-color, #1f2937);
          --pd-muted: var(--tblr-secondary, #667382);
          --pd-line: #8a97a8;
          --pd-people: var(--tblr-primary, #066fd1);
          --pd-machine: #7c5cc4;
          --pd-good: #1f8a3b;
          --pd-bad: #c92a2a;
          --pd-warn: #b35900;
          font-family: Inter, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
          max-width: none;
        }
        [data-bs-theme="dark"] .plan-drawing {
          --pd-line: #7f8ea3;
          --pd-machine: #b197fc;
          --pd-good: #51cf66;
          --pd-bad: #ff8787;
          --pd-warn: #ffa94d;
        }
        .plan-drawing .lane-box { fill: var(--pd-lane); stroke: var(--pd-border); }
        .plan-drawing .lane-after .lane-box { stroke-dasharray: 5 4; }
        .plan-drawing .lane.is-current .lane-box { stroke: var(--pd-people); stroke-width: 2; }
        .plan-drawing .lane-name { font-size: 15.5px; font-weight: 600; fill: var(--pd-text); }
        .plan-drawing .lane-probability { font-size: 14px; font-weight: 600; fill: var(--pd-people); }
        .plan-drawing .lane-bar { fill: var(--pd-border); }
        .plan-drawing .lane-bar-done { fill: var(--pd-people); }
        .plan-drawing .step-card { fill: var(--pd-surface); stroke: var(--pd-border); }
        .plan-drawing .by-machine .step-card { stroke: var(--pd-machine); stroke-opacity: .45; }
        .plan-drawing .is-optional .step-card { stroke-dasharray: 4 3; }
        .plan-drawing .tile { fill: var(--pd-people); fill-opacity: .12; }
        .plan-drawing .by-machine .tile { fill: var(--pd-machine); }
        .plan-drawing .icon { stroke: var(--pd-people); stroke-width: 1.5; stroke-linecap: round; stroke-linejoin: round; }
        .plan-drawing .by-machine .icon { stroke: var(--pd-machine); }
        .plan-drawing .milestone { fill: var(--pd-warn); stroke: none; }
        .plan-drawing .step-name { font-size: 13.5px; font-weight: 600; fill: var(--pd-text); }
        .plan-drawing .step-small { font-size: 11.5px; fill: var(--pd-muted); }
        .plan-drawing .step-probability { font-size: 11.5px; font-weight: 600; fill: var(--pd-people); }
        .plan-drawing .row-name { font-size: 11.5px; fill: var(--pd-text); }
        .plan-drawing .row-tag { font-size: 11px; font-weight: 600; fill: var(--pd-muted); }
        .plan-drawing .row-icon { stroke: var(--pd-muted); stroke-width: 1.7; stroke-linecap: round; stroke-linejoin: round; }
        .plan-drawing .row-won .row-tag { fill: var(--pd-good); }
        .plan-drawing .row-won .row-icon { stroke: var(--pd-good); }
        .plan-drawing .row-lost .row-tag { fill: var(--pd-bad); }
        .plan-drawing .row-lost .row-icon { stroke: var(--pd-bad); }
        .plan-drawing .row-redo .row-icon { stroke: var(--pd-warn); }
        .plan-drawing .way { stroke: var(--pd-line); stroke-width: 1.6; }
        .plan-drawing .way-head { fill: var(--pd-line); }
        .plan-drawing .way-redo { stroke: var(--pd-warn); stroke-dasharray: 4 3; }
        .plan-drawing .way-head.way-redo { fill: var(--pd-warn); stroke: none; }
        .plan-drawing .way-stage { stroke-width: 2; }
        .plan-drawing .way-label rect { fill: var(--pd-surface); stroke: var(--pd-border); }
        .plan-drawing .way-label text { font-size: 11px; fill: var(--pd-text); }
        .plan-drawing .join rect { fill: var(--pd-text); }
        .plan-drawing .join text { font-size: 10.5px; font-weight: 600; fill: var(--pd-surface); }
        .plan-drawing .end circle { fill: var(--pd-surface); stroke: var(--pd-good); stroke-width: 2.5; }
        .plan-drawing .end-name { font-size: 12px; font-weight: 600; fill: var(--pd-good); }
        .plan-drawing a:hover .step-card, .plan-drawing a:focus-visible .step-card { stroke: var(--pd-people); stroke-width: 2; }
        .plan-drawing .is-done .step-card { stroke: var(--pd-good); stroke-opacity: 1; }
        .plan-drawing .is-done .tile { fill: var(--pd-good); }
        .plan-drawing .is-done .icon { stroke: var(--pd-good); }
        .plan-drawing .is-open .step-card, .plan-drawing .is-ready .step-card { stroke: var(--pd-people); stroke-width: 2; stroke-opacity: 1; }
        .plan-drawing .is-overdue .step-card { stroke: var(--pd-bad); stroke-width: 2; stroke-opacity: 1; }
        .plan-drawing .is-overdue .step-small { fill: var(--pd-bad); font-weight: 600; }
        .plan-drawing .is-waiting .step-card { stroke-opacity: .7; }
        .plan-drawing .is-passed .step-card { stroke: var(--pd-good); stroke-dasharray: 4 3; stroke-opacity: 1; }
        .plan-drawing .step.is-dead, .plan-drawing .step.is-cancelled { opacity: .55; }
        .plan-drawing .is-dead .step-name, .plan-drawing .is-cancelled .step-name { text-decoration: line-through; }
        .plan-drawing .way.is-walked { stroke: var(--pd-good); stroke-width: 2; }
        .plan-drawing .way-head.is-walked { fill: var(--pd-good); }
        .plan-drawing .way.is-dead { stroke-dasharray: 2 4; opacity: .6; }
        @media print { .plan-drawing { --pd-lane: #ffffff; } }

        """;
}
