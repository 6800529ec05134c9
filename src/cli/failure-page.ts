import { escapeHtml } from '../api/problem-page.ts'
import { errorCatalogue } from '../core/support/error-catalogue.ts'
import type { ErrorReport } from '../core/support/user-error.ts'
import { PAGE_STYLE } from './secret-server.ts'

/** A copy of the library that can take its place. */
export type OfferedCopy = { readonly name: string; readonly words: string }

export type FailurePage = {
  readonly error: ErrorReport
  readonly copies: readonly OfferedCopy[]
  /** Where its forms are sent. */
  readonly path: string
  readonly dataDir: string
}

/** Where what helps to find the fault lies, behind the address of the page. A form asks for names by the box that is ticked. */
export const LOG = '/log'
export const REPORT = '/report?'
export const REPORT_WITH_NAMES = '/report?names=true'

const copyRow = (path: string, { name, words }: OfferedCopy): string =>
  `<li><form method="post" action="${path}"><button name="restore" value="${escapeHtml(name)}">Restore</button> ${escapeHtml(words)}</form></li>`

const copyList = ({ copies, path }: FailurePage): string =>
  copies.length === 0
    ? ''
    : `<h2>Copies of the library</h2>
<p>The copy takes the place of the library; what was there before is kept as a copy, too. Music files stay as they are.</p>
<ul>${copies.map((copy) => copyRow(path, copy)).join('\n')}</ul>`

/** What to do is told in the words of the catalogue: whoever sees this page has no terminal. */
const hintOf = ({ code, hint }: ErrorReport): string => (code === 'INTERNAL' ? hint : errorCatalogue[code].hint)

/** Why Algiers could not start, and what to do; it needs no script and no other file. */
export const failurePage = (page: FailurePage): string => `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,">
<title>Algiers could not start</title>
<style>${PAGE_STYLE}</style>
<main>
<h1>Algiers could not start: ${escapeHtml(page.error.title.charAt(0).toLowerCase() + page.error.title.slice(1))}</h1>
<p>${escapeHtml(page.error.detail)}</p>
<p>${escapeHtml(hintOf(page.error))}</p>
<form method="post" action="${page.path}"><button name="again" value="yes" autofocus>Try again</button></form>
${copyList(page)}
<h2>If that does not help</h2>
<form action="${page.path}/report"><button>Make a report</button>
<label><input type="checkbox" name="names" value="true"> Include titles, file names and folders</label></form>
<p>The report is a file for you to read and send yourself. Nothing is sent by itself. <a href="${page.path}${LOG}" target="_blank">Show log</a></p>
<p class="quiet">The library lies in ${escapeHtml(page.dataDir)}</p>
</main>
</html>
`
