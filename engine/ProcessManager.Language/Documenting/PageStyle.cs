namespace ProcessManager.Language.Documenting;

/// <summary>How a plan's page looks.</summary>
internal static class PageStyle
{
    public const string Css = """
        .plan-page { font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; color: #1f2937; background: #fff; margin: 0 auto; max-width: 62rem; padding: 2rem 1.5rem; }
        .plan-page h1 { font-size: 1.9rem; line-height: 1.2; margin: 0 0 .25rem; }
        .plan-page h2 { font-size: 1.25rem; margin: 2.25rem 0 .5rem; padding-top: .75rem; border-top: 2px solid #e5e7eb; }
        .plan-page h3 { font-size: 1rem; margin: 1.25rem 0 .25rem; }
        .plan-page .quiet, .plan-page footer { color: #5b6472; }
        .plan-page code { font: .85em ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; }
        .plan-page .chance { float: right; font-weight: 600; color: #206bc4; }
        .plan-page table { border-collapse: collapse; width: 100%; margin: .5rem 0 1rem; }
        .plan-page th, .plan-page td { border: 1px solid #d6dae1; padding: .4rem .55rem; text-align: left; vertical-align: top; overflow-wrap: anywhere; }
        .plan-page th { background: #f4f6f8; font-weight: 600; }
        .plan-page td ul { margin: 0; padding-left: 1.1rem; }
        .plan-page td p { margin: 0 0 .3rem; }
        .plan-page .steps td:first-child { width: 28%; }
        .plan-page .steps td:nth-child(2) { width: 17%; }
        .plan-page .steps td:nth-child(3) { width: 22%; }
        .plan-page .kind { display: inline-block; border: 1px solid #c9ced6; border-radius: 4px; padding: 0 .35rem; font-size: .8em; color: #39414d; }
        .plan-page .prose { border-left: 3px solid #d6dae1; padding-left: .75rem; margin: .5rem 0; }
        .plan-page .prose.plain, .plan-page td .plain { white-space: pre-wrap; }
        .plan-page .drawing { overflow-x: auto; margin: 1rem 0; }
        .plan-page .drawing svg { display: block; }
        .plan-page footer { margin-top: 2.5rem; font-size: .85em; border-top: 1px solid #e5e7eb; padding-top: .5rem; }
        @media screen and (max-width: 40rem) {
          .plan-page { padding: 1.25rem 1rem; }
          .plan-page thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
          .plan-page table, .plan-page tbody, .plan-page tr, .plan-page td { display: block; }
          .plan-page tr { border: 1px solid #d6dae1; margin-bottom: .6rem; }
          .plan-page td, .plan-page .steps td:first-child, .plan-page .steps td:nth-child(2), .plan-page .steps td:nth-child(3) { width: auto; border: 0; }
          .plan-page td:first-child { background: #f4f6f8; }
          .plan-page td:empty { display: none; }
        }
        @page { size: A4; margin: 16mm 14mm; }
        @page wide { size: A4 landscape; }
        @media print {
          .plan-page { max-width: none; padding: 0; font-size: 10.5pt; }
          .plan-page .drawing { overflow: visible; break-inside: avoid; }
          .plan-page .drawing svg { width: 100%; height: auto; max-height: 180mm; }
          .plan-page .drawing.wide { page: wide; }
          .plan-page h2, .plan-page h3 { break-after: avoid; }
          .plan-page tr { break-inside: avoid; }
          .plan-page thead { display: table-header-group; }
          .plan-page th, .plan-page .kind { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
        }
        """;
}
