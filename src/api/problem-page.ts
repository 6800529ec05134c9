import type { FastifyRequest } from 'fastify'
import type { z } from 'zod'
import type { problem } from './operations/fields.ts'

const isOfApi = (path: string): boolean => path === '/api' || path.startsWith('/api/')

/** Whether a person looks at the answer: a browser that goes to an address asks for HTML, a program does not. */
export const wantsPage = ({ method, url, headers }: Pick<FastifyRequest, 'method' | 'url' | 'headers'>): boolean =>
  (method === 'GET' || method === 'HEAD') &&
  !isOfApi(url.split('?')[0]!) &&
  (headers.accept ?? '').includes('text/html')

const MARKS: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (mark) => MARKS[mark]!)

export const HTML_TYPE = 'text/html; charset=utf-8'

/** A refusal for a person, where the page itself cannot be shown. It needs no other file and runs nothing. */
export const problemPage = ({ title, detail, hint }: z.output<typeof problem>): string => `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)} – Algiers</title>
<h1>${escapeHtml(title)}</h1>
<p>${escapeHtml(detail)}</p>
<p>${escapeHtml(hint)}</p>
<p><a href="/">Open Algiers</a></p>
</html>
`
