import { defineConfig } from 'vitest/config'
import { PATIENCE_MS } from './e2e/patience.fixture.ts'

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'bench/**/*.test.ts', 'recipes/**/*.test.ts', 'e2e/**/*.test.ts'],
    // Some tests load the native runtime themselves, which would report to its maker.
    env: { ORT_DISABLE_TELEMETRY: '1' },
    setupFiles: ['.ci/loopback-only.ts'],
    reporters: ['default', '.ci/closing-line.ts'],
    // A test waits for several things, one after the other.
    testTimeout: 4 * PATIENCE_MS,
    hookTimeout: 4 * PATIENCE_MS,
    expect: { poll: { timeout: PATIENCE_MS } },
  },
})
