/** Colours outside an editor: told apart by the colour blind (Okabe and Ito), dark text on light ground. */
const own = `:root{--fg:#1c1c1c;--bg:#fff;--line:#ccc;--soft:#f4f4f4;--link:#0a58a5;--on:#009e73;--bad:#d55e00;--blocked:#cc79a7;--unknown:#e69f00;--device:#56b4e9;--off:#777}
@media(prefers-color-scheme:dark){:root{--fg:#e8e8e8;--bg:#1e1e1e;--line:#555;--soft:#2a2a2a;--link:#7cc0ff}}
@media print{:root{--fg:#000;--bg:#fff;--soft:#fff;--line:#999}}`;

const editor = `:root{--fg:var(--vscode-foreground);--bg:var(--vscode-editor-background);--line:var(--vscode-panel-border,var(--vscode-contrastBorder,#888));--soft:var(--vscode-editorWidget-background);--link:var(--vscode-textLink-foreground);--on:var(--vscode-charts-green,#009e73);--bad:var(--vscode-charts-red,#d55e00);--blocked:var(--vscode-charts-purple,#cc79a7);--unknown:var(--vscode-charts-yellow,#e69f00);--device:var(--vscode-charts-blue,#56b4e9);--off:var(--vscode-disabledForeground,#777)}`;

const common = `*{box-sizing:border-box}
body{margin:0;padding:1.5rem;color:var(--fg);background:var(--bg);font:14px/1.5 var(--vscode-font-family,system-ui,sans-serif)}
main{max-width:72rem;margin:auto}
h1{font-size:1.5rem;line-height:1.25;margin:0 0 .25rem}h2{font-size:1.25rem;margin:2rem 0 .5rem;border-bottom:2px solid var(--line)}h3{font-size:1rem;margin:1.75rem 0 .5rem}
.count{font-weight:normal}
a{color:var(--link)}a:focus-visible,.scroll:focus-visible{outline:2px solid var(--vscode-focusBorder,var(--link));outline-offset:2px}
.figures{display:flex;flex-wrap:wrap;gap:.5rem;margin:1rem 0}
.figure{flex:1 1 9rem;display:flex;flex-direction:column-reverse;justify-content:flex-end;padding:.6rem .8rem;border:1px solid var(--line);border-radius:4px;background:var(--soft)}
.figure dd{margin:0;font-size:1.25rem;font-weight:600;overflow-wrap:anywhere}.figure dt{margin:0}
figure{margin:1.5rem 0}figcaption{font-weight:600;margin-bottom:.4rem}
table{border-collapse:collapse;width:100%}
th,td{text-align:left;vertical-align:top;padding:.3rem .6rem;border-bottom:1px solid var(--line);overflow-wrap:break-word;min-width:4.5rem}
thead th{background:var(--soft)}td strong{white-space:nowrap}tbody th[colspan]{padding-top:.9rem;border-bottom-width:2px}
.scroll{overflow-x:auto}
.chart{table-layout:fixed}.chart .label{width:17rem}.chart .amount{width:7rem}.chart th{font-weight:normal}.chart .number{text-align:right;font-variant-numeric:tabular-nums}.chart .bar{padding-left:0}
.chart svg{display:block;width:100%;height:1.1rem}.chart tfoot th,.chart tfoot td{border-bottom:0;font-weight:600}
rect{stroke:var(--fg);stroke-width:1;vector-effect:non-scaling-stroke;fill:var(--off)}
.on rect{fill:var(--on)}.switched-off rect{fill:var(--bad);stroke-dasharray:5 3}.blocked rect{fill:var(--blocked);stroke-dasharray:1 3}.unknown rect{fill:var(--unknown);stroke-dasharray:8 4}.device rect{fill:var(--device);stroke-dasharray:2 2}
.unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
@media print{body{padding:0}.scroll{overflow:visible}thead{display:table-header-group}tr,figure{break-inside:avoid}a{text-decoration:none;color:inherit}}
@media(max-width:40rem){.chart .label{width:45%}.chart .amount{width:4.5rem}}
@media(forced-colors:active){rect{fill:CanvasText}}`;

/** The style of the page: in an editor its theme's colours, elsewhere our own. */
export function style(inEditor: boolean): string {
  return `${inEditor ? editor : own}\n${common}`;
}
