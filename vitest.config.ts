import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'bench/**/*.test.ts', 'recipes/**/*.test.ts', 'e2e/**/*.test.ts'],
    setupFiles: ['./.ci/loopback-only.ts'],
    reporters: ['default', './.ci/closing-line.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
})
