import { escapeHtml } from '../api/problem-page.ts'
import { PAGE_STYLE } from './secret-server.ts'

/** What a page shows of an update of the library. */
export type ShownUpdate = {
  /** Which part of it is done now. */
  readonly words: string
  /** How much of that part is done, in words; empty where that is not known. */
  readonly amount: string
  /** From 0 to 1; null where that is not known. */
  readonly fraction: number | null
}

const SCRIPT = `const find = (id) => document.getElementById(id)
const put = (element, text) => { if (element.textContent !== text) element.textContent = text }
const events = new EventSource(location.pathname + '/events')
events.onmessage = ({ data }) => {
  const { leadsTo, words, amount, fraction } = JSON.parse(data)
  if (leadsTo) {
    events.close()
    location.replace(leadsTo)
    return
  }
  put(find('words'), words)
  put(find('amount'), amount)
  if (fraction === null) find('bar').removeAttribute('value')
  else find('bar').value = fraction
}`

/** Shows what is done to the library while nothing else can be shown yet, and goes on to Algiers by itself. */
export const updatePage = ({ words, amount, fraction }: ShownUpdate, nonce: string): string => `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,">
<noscript><meta http-equiv="refresh" content="2"></noscript>
<title>Algiers is updating your library</title>
<style>${PAGE_STYLE}</style>
<main>
<h1>Algiers is updating your library</h1>
<p>This happens once after an update. The library is copied first, so nothing can be lost, and your music is not touched.</p>
<p role="status" id="words">${escapeHtml(words)}</p>
<progress id="bar" max="1" aria-labelledby="words"${fraction === null ? '' : ` value="${fraction}"`}></progress>
<p id="amount" class="quiet">${escapeHtml(amount)}</p>
</main>
<script nonce="${nonce}">${SCRIPT}</script>
</html>
`
