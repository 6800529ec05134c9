import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { type ErrorCode, errorCatalogue } from '../core/support/error-catalogue.ts'
import { terminalHints } from './terminal-hints.ts'

/** A command, an option of one, or a variable of the environment. */
const OF_THE_TERMINAL = /`|\balgiers [a-z]|\bnpm (?:start|run|ci)\b|(?:^|\s)--[a-z]|\b[A-Z]+_[A-Z_]+\b/
const OF_THE_PAGE = /\b(?:buttons?|clicks?|menus?|dialogs?|screens?|tabs?)\b/i

const codes = Object.keys(errorCatalogue) as readonly ErrorCode[]

test.each(codes)('what the page and the API say of %s names nothing of the terminal', (code) => {
  const { title, hint } = errorCatalogue[code]
  expect(`${title}. ${hint}`).not.toMatch(OF_THE_TERMINAL)
})

test.each(codes)('what the terminal says of %s names nothing of the page', (code) => {
  const { title, hint } = errorCatalogue[code]
  expect(`${title}. ${terminalHints[code] ?? hint}`).not.toMatch(OF_THE_PAGE)
})

test('no text of the page names a command', () => {
  const folder = join(import.meta.dirname, '..', 'web')
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    (name) => /\.(?:tsx?|html)$/.test(name) && !name.includes('.test.'),
  )
  const named = files.filter((name) =>
    /\bnpm (?:start|run|ci)\b|algiers (?:serve|library|labels|models|grid|backups|settings|train|tracks) /.test(
      readFileSync(join(folder, name), 'utf8'),
    ),
  )
  expect(named).toEqual([])
})
