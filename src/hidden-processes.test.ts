import { globSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

/** The windows of a browser are to be seen, and what is hidden cannot be. */
const SHOWN: readonly string[] = ['platform/desktop/open-window.ts']
/** The call with its arguments, up to the bracket that closes it. */
const START = /(?<![\w.])(?:spawn\(|fork\(|run\('reg',)(?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)/g

/** What a file starts as a process of its own. */
const startsIn = (path: string): readonly string[] => {
  const text = readFileSync(`${import.meta.dirname}/${path}`, 'utf8')
  return text.includes("from 'node:child_process'") ? [...text.matchAll(START)].map(([call]) => call) : []
}

test('no process flashes up a console: on Windows, each one of a server that has none would open a window', () => {
  const product = globSync('**/*.ts', { cwd: import.meta.dirname })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => !/\.(?:test|fixture)\.ts$/.test(path) && !SHOWN.includes(path))
  const starts = product.flatMap((path) => startsIn(path).map((call) => [path, call] as const))
  expect(new Set(starts.map(([path]) => path)).size).toBeGreaterThan(5)
  expect(starts.filter(([, call]) => !/windowsHide: true|\.\.\.HIDDEN\b/.test(call))).toEqual([])
})
