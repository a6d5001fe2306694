import type { Pointer } from '../syntax/pointer';
import { order } from './generated/order';

/**
 * The canonical order of the members of the object at a pointer, as the schemas list them. The same table
 * serves policy, device and config: no pointer means an object of two kinds with another order.
 */
export function memberOrder(pointer: Pointer): readonly string[] {
  return order[pointer.replace(/\/\d+(?=\/|$)/g, '/*')] ?? [];
}
