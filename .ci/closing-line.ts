import { relative } from 'node:path'
import type { Reporter, TestCase, TestModule } from 'vitest/node'

/** Most tests that are left out say why themselves. */
const reasonOf = (test: TestCase): string => {
  const result = test.result()
  if (result.state === 'skipped' && result.note) return result.note
  return test.project.name === 'browser' ? 'no Chromium on the PATH' : 'what it needs is not here'
}

/** One line a file and reason: `Skipped: recipes/ears/smoke.test.ts, 5 tests: fluidsynth not on the PATH`. */
const skippedLines = (modules: readonly TestModule[]): readonly string[] =>
  modules.flatMap((module) => {
    const skipped = [...module.children.allTests()].filter((test) => test.result().state === 'skipped')
    const file = relative(process.cwd(), module.moduleId)
    return Object.entries(Object.groupBy(skipped, reasonOf)).map(
      ([reason, tests]) => `Skipped: ${file}, ${tests!.length} ${tests!.length === 1 ? 'test' : 'tests'}: ${reason}`,
    )
  })

/** One line a test that failed and then passed: `Passed at the second try: e2e/sound.test.ts, the view goes along`. */
const unsteadyLines = (modules: readonly TestModule[]): readonly string[] =>
  modules.flatMap((module) =>
    [...module.children.allTests()]
      .filter((test) => test.diagnostic()?.flaky)
      .map(({ fullName }) => `Passed at the second try: ${relative(process.cwd(), module.moduleId)}, ${fullName}`),
  )

/**
 * Ends a run by naming what was skipped or unsteady, and `N passed, N failed` as the last line; a file that does not load and an unhandled error count as
 * failed.
 */
export default class ClosingLine implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly unknown[]): void {
    let passed = 0
    let failed = unhandledErrors.length
    for (const module of modules) {
      failed += module.errors().length
      for (const test of module.children.allTests()) {
        const { state } = test.result()
        if (state === 'passed') passed++
        else if (state === 'failed') failed++
      }
    }
    const lines = [...skippedLines(modules), ...unsteadyLines(modules), `${passed} passed, ${failed} failed`]
    process.on('exit', () => console.log(lines.join('\n')))
  }
}
