"""Runs a cluster of Ray with three nodes on this machine until its input ends.

Prints its address, and a dot whenever a line came in, for which it takes a node away.
"""

import json
import sys

from ray.cluster_utils import Cluster

STORE_BYTES = 80 * 2**20

cluster = Cluster(initialize_head=True, head_node_args={"num_cpus": 1, "object_store_memory": STORE_BYTES})
nodes = [cluster.add_node(num_cpus=1, object_store_memory=STORE_BYTES) for _ in range(2)]
cluster.wait_for_nodes()
print(json.dumps({"address": cluster.address}), flush=True)
for _ in sys.stdin:
    cluster.remove_node(nodes.pop(), allow_graceful=False)
    print(".", flush=True)
cluster.shutdown()
