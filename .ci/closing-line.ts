import { relative } from 'node:path'
import type { Reporter, TestCase, TestModule, TestSpecification } from 'vitest/node'
import { closingLines, type FileOutcome, type TestOutcome } from '../scripts/test-outcome.ts'
import type { TestMessage } from '../scripts/test-progress.ts'

/** Most tests that are left out say why themselves. */
const reasonOf = (test: TestCase): string => {
  const result = test.result()
  if (result.state === 'skipped' && result.note) return result.note
  return test.project.name === 'browser' ? 'no Chromium on the PATH' : 'what it needs is not here'
}

/** One line a reason: `Skipped: recipes/ears/smoke.test.ts, 5 tests: fluidsynth not on the PATH`. */
const skippedLines = (file: string, tests: readonly TestCase[]): readonly string[] => {
  const skipped = tests.filter((test) => test.result().state === 'skipped')
  return Object.entries(Object.groupBy(skipped, reasonOf)).map(
    ([reason, left]) => `Skipped: ${file}, ${left!.length} ${left!.length === 1 ? 'test' : 'tests'}: ${reason}`,
  )
}

/** One line a test that failed and then passed: `Passed at the second try: e2e/sound.test.ts, the view goes along`. */
const unsteadyLines = (file: string, tests: readonly TestCase[]): readonly string[] =>
  tests
    .filter((test) => test.diagnostic()?.flaky)
    .map(({ fullName }) => `Passed at the second try: ${file}, ${fullName}`)

const named = (path: string): string => relative(process.cwd(), path)

const outcomeOf = (module: TestModule): FileOutcome => {
  const tests = [...module.children.allTests()]
  const file = named(module.moduleId)
  const count = (state: string): number => tests.filter((test) => test.result().state === state).length
  return {
    file,
    passed: count('passed'),
    failed: count('failed') + module.errors().length,
    notes: [...skippedLines(file, tests), ...unsteadyLines(file, tests)],
  }
}

const tell = (message: TestMessage): void => void process.send?.(message)

/**
 * Ends a run by naming what was skipped or unsteady, and `N passed, N failed` as the last line; a file that does not load and an
 * unhandled error count as failed. `scripts/test.ts`, where it started the run, is told instead, also on the way, and closes it.
 */
export default class ClosingLine implements Reporter {
  onTestRunStart(specifications: readonly TestSpecification[]): void {
    tell({ kind: 'planned', files: specifications.map(({ moduleId }) => named(moduleId)) })
  }

  onTestModuleQueued({ moduleId }: TestModule): void {
    tell({ kind: 'begun', file: named(moduleId) })
  }

  onTestCaseReady({ fullName, module }: TestCase): void {
    tell({ kind: 'trying', file: named(module.moduleId), test: fullName })
  }

  onTestModuleEnd(module: TestModule): void {
    tell({ kind: 'ended', outcome: outcomeOf(module) })
  }

  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly unknown[]): void {
    const outcome: TestOutcome = { files: modules.map(outcomeOf), strayErrors: unhandledErrors.length }
    if (process.send) tell({ kind: 'over', outcome })
    else process.on('exit', () => console.log(closingLines(outcome).join('\n')))
  }
}
