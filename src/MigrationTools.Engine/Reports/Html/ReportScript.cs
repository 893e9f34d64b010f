namespace MigrationTools.Engine.Reports.Html;

/// <summary>The page's script. All content is there without it: it only adds a filter, and opens what is folded before printing.</summary>
internal static class ReportScript
{
    // Parsers turn CRLF into LF before they hash; a checkout with the other line ends must not change the hash.
    public static string Text { get; } =
        """

        (() => {
          'use strict';
          for (const input of document.querySelectorAll('input[data-filter]')) {
            const rows = [...document.querySelectorAll(`#${input.dataset.filter} tbody tr`)];
            input.closest('.filter').hidden = false;
            input.addEventListener('input', () => {
              const wanted = input.value.trim().toLowerCase();
              let shown = true;
              for (const row of rows) {
                if (!row.classList.contains('note-row')) shown = row.textContent.toLowerCase().includes(wanted);
                row.hidden = !shown;
              }
            });
          }
          let opened = [];
          addEventListener('beforeprint', () => {
            opened = [...document.querySelectorAll('details:not([open], .evidence-fold)')];
            for (const fold of opened) fold.open = true;
          });
          addEventListener('afterprint', () => { for (const fold of opened) fold.open = false; });
        })();

        """.ReplaceLineEndings("\n");
}
