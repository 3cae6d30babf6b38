/**
 * Decides how: algorithm, block sizes, tasks. Pure functions; no vectors, no threads. Read {@link
 * org.simdconv.internal.plan.DensePlan} first, then {@link
 * org.simdconv.internal.plan.ChannelLanesPlan}.
 */
@NullMarked
package org.simdconv.internal.plan;

import org.jspecify.annotations.NullMarked;
