import { expect, test } from 'vitest'
import { SAMPLE_KERNELS_BASE64 } from '../../src/core/audio/sample-kernels.wasm.ts'
import { SERIES_KERNELS_BASE64 } from '../../src/core/audio/series-kernels.wasm.ts'
import { SPECTRUM_KERNELS_BASE64 } from '../../src/core/audio/spectrum-kernels.wasm.ts'
import { TREE_KERNELS_BASE64 } from '../../src/core/models/tree-kernels.wasm.ts'
import { VECTOR_KERNELS_BASE64 } from '../../src/core/similarity/vector-kernels.wasm.ts'
import { compileKernels } from './compile.ts'

test.each([
  ['kernels.ts', SAMPLE_KERNELS_BASE64],
  ['series.ts', SERIES_KERNELS_BASE64],
  ['spectrum.ts', SPECTRUM_KERNELS_BASE64],
  ['trees.ts', TREE_KERNELS_BASE64],
  ['vectors.ts', VECTOR_KERNELS_BASE64],
] as const)('what is shipped of %s is what it compiles to', async (source, shipped) => {
  expect(Buffer.from(await compileKernels(source)).toString('base64')).toBe(shipped)
})
