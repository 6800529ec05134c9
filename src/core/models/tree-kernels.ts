/** Grows and runs regression trees as WebAssembly with vector instructions (decision 0007); source: `recipes/sample-kernels/trees.ts`. */
import { compileKernels, createKernelMemory, type KernelMemory } from '../support/kernel-memory.ts'
import { TREE_KERNELS_BASE64 } from './tree-kernels.wasm.ts'

type Kernels = {
  readonly fillHistogram: (
    ...values: [
      members: number,
      count: number,
      pairs: number,
      gathered: number,
      columns: number,
      columnCount: number,
      histogram: number,
      columnBytes: number,
    ]
  ) => void
  readonly subtractHistogram: (from: number, other: number, pairs: number) => void
  readonly findSplit: (
    ...values: [
      histogram: number,
      columnBytes: number,
      columnCount: number,
      edges: number,
      gradient: number,
      hessian: number,
      smallest: number,
      l2: number,
      best: number,
    ]
  ) => void
  readonly addTree: (
    ...values: [
      root: number,
      depth: number,
      rows: number,
      rowBytes: number,
      count: number,
      sums: number,
      sumBytes: number,
    ]
  ) => void
}

const compiled = compileKernels(TREE_KERNELS_BASE64)

export const createTreeMemory = (): KernelMemory<Kernels> => createKernelMemory<Kernels>(compiled)
