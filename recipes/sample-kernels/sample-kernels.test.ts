import { expect, test } from 'vitest'
import { SAMPLE_KERNELS_BASE64 } from '../../src/audio/sample-kernels.wasm.ts'
import { compileKernels } from './compile.ts'

test('what is shipped is what the source compiles to', async () => {
  expect(Buffer.from(await compileKernels()).toString('base64')).toBe(SAMPLE_KERNELS_BASE64)
})
