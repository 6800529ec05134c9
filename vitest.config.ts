import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'bench/**/*.test.ts', 'recipes/**/*.test.ts', 'e2e/**/*.test.ts'],
    setupFiles: ['./.ci/loopback-only.ts'],
    reporters: ['default', './.ci/closing-line.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // A page that waits for a busy processor is not wrong.
    expect: { poll: { timeout: 15_000 } },
  },
})
