import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { defineConfig } from 'vitest/config'
import LongestFirst from './.ci/longest-first.ts'
import { PATIENCE_MS } from './e2e/patience.fixture.ts'

/** Each starts whole programs, many times or for minutes. */
const WHOLE_PROGRAMS = [
  'src/cli/demo.test.ts',
  'src/cli/open.test.ts',
  'src/cli/training-commands.test.ts',
  'bench/**/evaluate.test.ts',
  'bench/soak/*.test.ts',
  'recipes/ears/smoke.test.ts',
  'e2e/package.test.ts',
  'packaging/release.test.ts',
]

export default defineConfig({
  test: {
    env: {
      // Some tests load the native runtime themselves, which would report to its maker.
      ORT_DISABLE_TELEMETRY: '1',
      // Threads and child processes by the hundred load the same code.
      NODE_COMPILE_CACHE: join(import.meta.dirname, '.cache', 'code'),
    },
    setupFiles: ['./.ci/loopback-only.ts', './.ci/no-power-cut.ts'],
    reporters: ['default', './.ci/closing-line.ts'],
    // Vitest would leave a core free, which of two is half; with one more than there are, sound in a browser stalls.
    maxWorkers: availableParallelism(),
    sequence: { sequencer: LongestFirst },
    // A test waits for several things, one after the other.
    testTimeout: 4 * PATIENCE_MS,
    hookTimeout: 4 * PATIENCE_MS,
    expect: { poll: { timeout: PATIENCE_MS } },
    // Sound, browsers and processes stall on a loaded machine; the closing lines name each test that needed it, as a fault to mend.
    retry: 2,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['{src,bench,recipes,scripts,packaging}/**/*.test.ts'],
          exclude: WHOLE_PROGRAMS,
          // Code is loaded once a process, not once a file.
          isolate: false,
        },
      },
      { extends: true, test: { name: 'whole', include: WHOLE_PROGRAMS } },
      // Its files share a browser, too.
      {
        extends: true,
        test: { name: 'browser', include: ['e2e/**/*.test.ts'], exclude: WHOLE_PROGRAMS, isolate: false },
      },
    ],
  },
})
